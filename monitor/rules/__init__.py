"""The rule language: keyword rules as ops write them, compiled to one matcher, giving a verdict."""
