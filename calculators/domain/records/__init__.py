"""The records a calculator picks from the data: frozen figures, each a dated fact with a source."""

from calculators.domain.records.hardware import Architecture, Gpu, MemoryCheck, SpeedCheck
from calculators.domain.records.models import EmbeddingPrice, ModelPrice, Reranker
from calculators.domain.records.speeds import ModelSpeed
from calculators.domain.records.stores import VectorStore
from calculators.domain.records.tokenizers import Tokenizer
from calculators.domain.records.tuning import TrainingLimits, TuningOffer
from calculators.engine.records import Record

__all__ = [
    "RECORDS",
    "Architecture",
    "EmbeddingPrice",
    "Gpu",
    "MemoryCheck",
    "ModelPrice",
    "ModelSpeed",
    "Reranker",
    "SpeedCheck",
    "Tokenizer",
    "TrainingLimits",
    "TuningOffer",
    "VectorStore",
]

RECORDS: dict[str, type[Record]] = {
    "prices": ModelPrice,
    "older_prices": ModelPrice,
    "embeddings": EmbeddingPrice,
    "tuning": TuningOffer,
    "training_limits": TrainingLimits,
    "gpus": Gpu,
    "architectures": Architecture,
    "memory_checks": MemoryCheck,
    "speed_checks": SpeedCheck,
    "vector_stores": VectorStore,
    "rerankers": Reranker,
    "tokenizers": Tokenizer,
    "speeds": ModelSpeed,
}
"""The kind of record that each collection holds; all but the first three are kept in a file of that name."""
