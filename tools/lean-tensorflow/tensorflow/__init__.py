"""Stands in for TensorFlow: Rasa's modules import and define their classes, nothing computes.

A rule-based assistant never calls TensorFlow, yet Rasa imports it at every start (5 s, 350 MB).
Names can be read, subclassed, used as decorators and in annotations. Whatever tries to compute
raises LeanTensorFlow, which says how to get the real one.
"""

import importlib.abc
import importlib.machinery
import sys
import types

__version__ = "2.12.0+lean"

WAY_OUT = (
    "This component needs the real TensorFlow, and a lean stand-in for it is installed. "
    "Get the real one with: make full-tensorflow"
)


class LeanTensorFlow(RuntimeError):
    """Something tried to compute with TensorFlow."""

    def __init__(self, *_arguments, **_keywords):
        super().__init__(WAY_OUT)


class _Names(type):
    """Makes a class of which every attribute is such a class again."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _named(name)

    def __getitem__(cls, _item):
        return cls

    def __or__(cls, _other):
        return cls

    __ror__ = __or__

    def __call__(cls, *arguments, **keywords):
        # A subclass of Rasa's, or a name of ours: both would be the start of a computation.
        raise LeanTensorFlow


def _named(name):
    return _Names(name, (object,), {})


def function(decorated=None, **_keywords):
    """tf.function: leaves what it decorates as it is."""
    return decorated if decorated is not None else lambda inner: inner


class _Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = function if name in _DECORATORS else _named(name)
        setattr(self, name, made)
        return made


def _no_devices(*_arguments, **_keywords):
    """tf.config: libraries ask which devices there are when they are imported. There are none."""
    return []


def _config():
    module = _Module("tensorflow.config")
    module.__path__ = []
    for asked in ("get_visible_devices", "list_physical_devices", "list_logical_devices"):
        setattr(module, asked, _no_devices)
    return module


_DECORATORS = frozenset(("function", "register_keras_serializable"))
_ROOTS = frozenset(
    ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")
)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds any submodule of TensorFlow's family."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in _ROOTS:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return _Module(spec.name)

    def exec_module(self, module):
        module.__path__ = []


sys.meta_path.insert(0, _Finder())
sys.modules[__name__].__class__ = _Module
config = sys.modules["tensorflow.config"] = _config()
