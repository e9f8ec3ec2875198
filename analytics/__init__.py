"""Evaluation of "Einwanderung gestalten NRW" and of Kommunales Integrationsmanagement."""
