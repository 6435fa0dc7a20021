#!/usr/bin/env python3
"""Writes a bundle of the example organisation grown to the size given, for measurements.

usage: large_workspace.py OUTPUT [SCALE]
SCALE 1 adds 100,000 vulnerability findings, 50,000 accounts, 50,000 pieces of evidence, 20,000 assets, 15,000 endpoints and
15,000 security alerts (250,000 records and the example's own); 0.01 adds a hundredth of that.
Additional records are variations of the example's: most are in order, about one in fifty is not.
"""
import datetime
import json
import pathlib
import sys

output, scale = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
bundle = json.loads((pathlib.Path(__file__).parent.parent / 'content/example/workspace.json').read_text())
records = bundle['records']
grow = {'vulnerability_finding': 100_000, 'account': 50_000, 'evidence': 50_000, 'asset': 20_000, 'endpoint': 15_000, 'security_alert': 15_000}
unique = {'account': ['login'], 'vulnerability_finding': ['identifier'], 'asset': ['name'], 'endpoint': ['name', 'hostname'], 'evidence': ['content_hash', 'stored_hash']}


def shifted(value, days):
    """Moves a date or an instant into the past, so that dates are not all the same."""
    day = datetime.date.fromisoformat(value[:10]) - datetime.timedelta(days=days)
    return day.isoformat() + value[10:]


for register, count in grow.items():
    seeds = list(records[register])
    for i in range(int(count * scale)):
        seed = seeds[i % len(seeds)]
        fresh = dict(seed, id=f'{seed["id"]}-x{i}')
        for field in unique.get(register, []):
            if isinstance(fresh.get(field), str):
                fresh[field] = f'{fresh[field][:40]}-{i}' if 'hash' not in field else f'{i:064x}'
        for field in ('detected_on', 'collected_on', 'raised_at'):
            if isinstance(fresh.get(field), str) and i % 50:
                fresh[field] = shifted(fresh[field], i % 5)
        records[register].append(fresh)
pathlib.Path(output).write_text(json.dumps(bundle))
print(sum(len(list_of) for list_of in records.values()), 'records')
