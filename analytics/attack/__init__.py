"""Attackers who see only what the product answers: what can they tell of few people?"""
