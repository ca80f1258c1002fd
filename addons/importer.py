"""Reads training files where they are, and leaves the rest of data/ to the core."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Union

from rasa.shared.importers.rasa import RasaFileImporter

TOPICS = ("nlu", "rules", "stories")


class TopicImporter(RasaFileImporter):
    """Rasa's file importer, shown only the folders that hold training data.

    Rasa parses every YAML file below data/ several times to find out what it is; patterns and
    replies are large and none of its business.
    """

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
    ) -> None:
        paths = training_data_paths or []
        paths = [paths] if isinstance(paths, str) else paths
        chosen = [folder for path in paths for folder in _topics(Path(path))]
        super().__init__(config_file, domain_path, chosen)


def _topics(path: Path) -> List[str]:
    inside = [str(path / topic) for topic in TOPICS if (path / topic).is_dir()]
    return inside or [str(path)]
