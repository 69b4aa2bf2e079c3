"""The rule language: keyword rules as ops write them, compiled to one matcher, giving a verdict."""

from monitor.rules.classifier import Classifier, compile_rules
from monitor.rules.compiler import RuleError
from monitor.rules.language import Mistake, RuleFile, check
from monitor.rules.zones import read_document

__all__ = ["Classifier", "Mistake", "RuleError", "RuleFile", "check", "compile_rules", "read_document"]
