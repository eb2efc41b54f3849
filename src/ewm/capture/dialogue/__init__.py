"""What people say about records: questions at a field (the evaluation asks and settles, the management answers) and
confirmations of hints.
"""
