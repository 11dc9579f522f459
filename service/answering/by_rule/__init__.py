"""What is said of a text by rule, with the words that show it, and not by likeness to a question.

How it stands, who made it, what it is for, its clauses of one sort: where a question names a text
and asks no more of it, no ranking finds the answer.
"""
