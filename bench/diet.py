"""What Rasa's DIET makes of the held-out acts, for the ablation of docs/understanding.md.

    python bench/diet.py --model MODEL

Runs in the benchmark environment, where TensorFlow is the real one, with a model trained from
bench/default-config.yml (`rasa train --config bench/default-config.yml`). Writes
reports/diet.jsonl, which `make report` picks up: one line of id and intent for each sentence.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


async def decided(model: Path, sentences: list[dict[str, str]]) -> list[dict[str, str]]:
    """The intent the model gives each sentence."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    lines = []
    for sentence in sentences:
        parsed = await agent.parse_message(sentence["text"])
        lines.append({"id": sentence["id"], "intent": parsed["intent"]["name"]})
    return lines


def main() -> None:
    """Reads the held-out file, asks the model, writes the report's file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", type=Path, required=True, help="a model with DIET in it")
    chosen = parser.parse_args()
    heldout = (ROOT / "data" / "heldout" / "acts.jsonl").read_text(encoding="utf-8")
    sentences = [json.loads(line) for line in heldout.splitlines() if line.strip()]
    lines = asyncio.run(decided(chosen.model, sentences))
    results = ROOT / "reports"
    results.mkdir(exist_ok=True)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (results / "diet.jsonl").write_text(text, encoding="utf-8")
    print(f"written: {len(lines)} lines into {results / 'diet.jsonl'}")


if __name__ == "__main__":
    main()
