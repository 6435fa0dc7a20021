#!/usr/bin/env python3
"""Writes a bundle of a large organisation, for measurements: the example's records and, in the same fashion, many more.

usage: large_workspace.py OUTPUT [SCALE [DAY]]
SCALE 1 (the default) makes about 265,000 records: 100,000 vulnerability findings on 20,000 assets, 50,000 accounts of 5,000
people on 300 systems, 50,000 pieces of evidence over three years, 40 sites, and what belongs to each person, system and site.
0.01 adds a hundredth of that. DAY (YYYY-MM-DD) moves all dates, so that the organisation stands on that day as it does on its own. The same arguments always give the same bundle.

Every additional record is made after one of the example's and refers to others of the large organisation. Most are in order;
about one in a hundred is made after one that is not.
"""
import datetime
import json
import pathlib
import random
import re
import sys

output, scale = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
bundle = json.loads((pathlib.Path(__file__).parent.parent / 'content/example/workspace.json').read_text())
records = bundle['records']
example = {register: list(of_register) for register, of_register in records.items()}
today = datetime.date.fromisoformat(bundle['as_of'])
chance = random.Random(27001)
# Records of the example that an auditor would complain about, and the people behind them.
faulty = {'AC-SYS-03-adm-r.quintero', 'A-057', 'SITE-2', 'VF-041', 'EP-053', 'P-037', 'P-064', 'AR-14'}


def count(full):
    return max(1, round(full * scale))


def moved(record, days):
    """Moves all days and instants of a record into the past."""
    for field, value in record.items():
        if not isinstance(value, str) or len(value) < 10 or value[4:5] != '-' or value[7:8] != '-':
            continue
        try:
            day = datetime.date.fromisoformat(value[:10])
        except ValueError:
            continue
        record[field] = (day - datetime.timedelta(days=days)).isoformat() + value[10:]
    return record


def seeds(register, fits=lambda record: True):
    return [record for record in example[register] if record['id'] not in faulty and fits(record)]


def grow(register, number, make, of=None):
    """Adds `number` records: make(record, i) completes a copy of one of the example's. Gives their ids."""
    good = of or seeds(register)
    bad = [record for record in example[register] if record['id'] in faulty]
    ids = []
    for i in range(number):
        seed = bad[i // 100 % len(bad)] if bad and i % 100 == 99 else good[i % len(good)]
        fresh = json.loads(json.dumps(seed))
        fresh['id'] = f'{register[:3].upper()}-L{i:06}'
        make(fresh, i)
        records[register].append(fresh)
        ids.append(fresh['id'])
    return ids


def belongings(register, field, owners, change=lambda record, owner: None):
    """Gives every new owner what the owner it was made after has in this register."""
    by_owner = {}
    for record in example[register]:
        by_owner.setdefault(record.get(field), []).append(record)
    number = 0
    for owner, model in owners.items():
        for seed in by_owner.get(model, []):
            fresh = json.loads(json.dumps(seed)) | {'id': f'{register[:3].upper()}-L{number:06}', field: owner}
            change(fresh, owner)
            records[register].append(fresh)
            number += 1


# ---- Sites and people ------------------------------------------------------------------------------------------------

def site(record, i):
    record.update(name=f'Branch {i + 1}', address=f'{i + 1} Example Street', headcount=125, is_central_function=False)


sites = grow('site', count(40), site, seeds('site', lambda s: s['kind'] == 'office') or None)
site_models = {new: 'SITE-1' for new in sites}
belongings('physical_inspection', 'site', site_models)
belongings('secure_area', 'site', site_models)

people_seeds = seeds('person', lambda p: p['status'] == 'active' and not p.get('end_date') and not p.get('is_top_management') and p.get('manager'))
person_models = {}


def person(record, i):
    person_models[record['id']] = people_seeds[i % len(people_seeds)]['id']
    managers = i // 10
    record.update(name=f'Person {i + 1:05}', site=sites[i % len(sites)])
    if managers < i:
        record['manager'] = f'PER-L{managers:06}'


people = grow('person', count(5_000), person, people_seeds)
for register in ('screening_record', 'employment_agreement', 'training_assignment', 'acknowledgement'):
    belongings(register, 'person', person_models)

# ---- Systems and assets ----------------------------------------------------------------------------------------------

system_seeds = seeds('system')
system_models = {}


def system(record, i):
    system_models[record['id']] = system_seeds[i % len(system_seeds)]['id']
    record.update(name=f'System {i + 1}', owner=people[i * 7 % len(people)])


systems = grow('system', count(300), system, system_seeds)
number_of = {new: i for i, new in enumerate(systems)}
for register in ('access_review', 'data_store', 'log_source', 'tls_endpoint', 'backup_plan', 'code_repository'):
    named = 'name' in example[register][0]
    belongings(register, 'system', system_models, lambda r, s: r.update(name=f'{r["name"]} {number_of[s]}') if named else None)
tested = example['restore_test'][0]['plan']
belongings('restore_test', 'plan', {plan['id']: tested for plan in records['backup_plan'] if '-L' in plan['id']})
records['continuity_plan'][0]['systems'] += systems


def asset(record, i):
    record.update(name=f'{record["name"]} {i + 1}', owner=people[i * 3 % len(people)])
    if record.get('site'):
        record['site'] = sites[i % len(sites)]
    if record.get('system'):
        record['system'] = systems[i % len(systems)]


assets = grow('asset', count(20_000), asset, seeds('asset', lambda a: a['lifecycle'] == 'active' and a['kind'] != 'media'))
by_id = {record['id']: record for record in records['asset']}
for i, name in enumerate(a for a in assets if by_id[a].get('critical')):
    records['risk'][i % len(records['risk'])].setdefault('assets', []).append(name)

# ---- Scans and what they found ---------------------------------------------------------------------------------------

# Every asset is scanned every 30 days with the others of its group.
groups, rounds = count(20), 13
scan_seed = seeds('vulnerability_scan', lambda scan: scan['kind'] == 'infrastructure')[0]
scan_days = [[today - datetime.timedelta(days=30 * (rounds - turn) - 28 + group) for turn in range(rounds)] for group in range(groups)]
scan_name = 'VUL-S{:03}-{:02}'.format
for group in range(groups):
    for turn, day in enumerate(scan_days[group]):
        records['vulnerability_scan'].append(scan_seed | {'id': scan_name(group, turn), 'performed_at': f'{day}T02:00:00Z', 'assets': assets[group::groups]})


def vulnerability(record, i):
    place = chance.randrange(len(assets))
    days = scan_days[place % groups]
    fixed = record.get('remediated_on')
    turn = chance.randrange(rounds - 1) if fixed else rounds - (6 if i % 100 == 99 else 1)
    moved(record, (datetime.date.fromisoformat(record['detected_on']) - days[turn]).days)
    record.update(asset=assets[place], identifier=f'{record["identifier"]}-{i}')
    if fixed:
        later = [again for again in range(turn, rounds) if days[again].isoformat() >= record['remediated_on']]
        record['verified_by'] = scan_name(place % groups, later[0]) if later else None


fixed_seeds = seeds('vulnerability_finding', lambda v: v['status'] == 'remediated')
open_seeds = seeds('vulnerability_finding', lambda v: v['status'] == 'open')
grow('vulnerability_finding', count(100_000), vulnerability, fixed_seeds * 3 + open_seeds)

# ---- Accounts --------------------------------------------------------------------------------------------------------


def account(record, i):
    holder, turn = i % len(people), i // len(people)
    record.update(system=systems[(holder * 7 + turn * 29) % len(systems)], login=f'user{holder}.{turn}',
                  requested_by=people[(holder + 11) % len(people)], approved_by=people[(holder + 23) % len(people)])
    if record.get('person'):
        record['person'] = people[holder]


members = seeds('account', lambda a: a['kind'] == 'human' and not a['privileged'] and a['roles'][0] not in ('create_payment', 'approve_payment'))
administrators = seeds('account', lambda a: a['kind'] == 'human' and a['privileged'] and a['roles'][0] not in ('security_admin', 'log_admin'))
services = seeds('account', lambda a: a['kind'] == 'service' and not a['privileged'])
grow('account', count(50_000), account, members * 5 + administrators + services)

# ---- Evidence, alerts, endpoints -------------------------------------------------------------------------------------


def evidence(record, i):
    moved(record, chance.randrange(3 * 365))
    record.update(content_hash=f'{i:064x}', stored_hash=f'{i:064x}', collected_by=people[i % len(people)])
    if record.get('sites'):
        record['sites'] = chance.sample(sites, min(2, len(sites)))
    if record.get('systems'):
        record['systems'] = chance.sample(systems, min(3, len(systems)))


by_control = {}
for record in seeds('evidence', lambda e: e['review_status'] == 'accepted' and e['controls']):
    by_control.setdefault(record['controls'][0], []).append(record)
evenly = [of_control[turn % len(of_control)] for turn in range(12) for of_control in by_control.values()]
grow('evidence', count(50_000), evidence, evenly)
grow('security_alert', count(3_000), lambda record, i: moved(record, chance.randrange(365)))
laptops = [a for a in assets if by_id[a]['kind'] == 'endpoint'] or assets
grow('endpoint', count(3_000), lambda record, i: record.update(asset=laptops[i % len(laptops)], user=people[i % len(people)]))

text = json.dumps(bundle)
if len(sys.argv) > 3:
    shift = datetime.date.fromisoformat(sys.argv[3]) - today
    text = re.sub(r'"(\d{4}-\d\d-\d\d)', lambda day: '"' + (datetime.date.fromisoformat(day[1]) + shift).isoformat(), text)
pathlib.Path(output).write_text(text)
print(sum(len(of_register) for of_register in records.values()), 'records')
