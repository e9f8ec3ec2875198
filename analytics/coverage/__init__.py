"""The simulation study of the evaluation: do its intervals and verdicts keep what they promise?"""
