"""The schema of ``findings.parquet``: what the last delivery of each table and area had to say."""

from typing import Final

import pyarrow as pa

FINDINGS_NAME: Final = "findings"

FINDINGS_SCHEMA: Final = pa.schema(
    [
        pa.field("table", pa.string(), nullable=False),
        pa.field("district", pa.string()),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("severity", pa.string(), nullable=False),
        pa.field("sheet", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("field", pa.string()),
        pa.field("value", pa.string()),
        pa.field("count", pa.int64(), nullable=False),
        pa.field("file", pa.string()),
        pa.field("delivered_at", pa.timestamp("us"), nullable=False),  # UTC
    ]
)
