// The OpenAPI document by a public validator, what that leaves open by checks of our own, and the server's answers by the
// schemas of the document.
import { Validator } from '@seriousme/openapi-schema-validator';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const { URL: url, TOKEN: token } = process.env;
let passed = 0;
let failed = 0;
function check(name, problems) {
  if (problems.length === 0) return passed++;
  failed++;
  console.log(`FAILED: ${name}: ${problems.slice(0, 5).join(' | ')}${problems.length > 5 ? ` | and ${problems.length - 5} more` : ''}`);
}
const headers = { Authorization: `Bearer ${token}` };
const get = async (path, own = headers) => (await fetch(url + path, { headers: own })).json();

function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })));
}
function resolve(document, node) {
  return node.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at?.[key.replace(/~1/g, '/').replace(/~0/g, '~')], document) : node;
}
function references(node, found = []) {
  if (node && typeof node === 'object') {
    if (typeof node.$ref === 'string') found.push(node.$ref);
    for (const value of Object.values(node)) references(value, found);
  }
  return found;
}

async function checkDocument(name, document) {
  const result = await new Validator().validate(structuredClone(document));
  check(`${name} fits the OpenAPI 3.1 schema`, result.valid ? [] : [].concat(result.errors).map((error) => JSON.stringify(error).slice(0, 200)));
  check(`${name}: every reference leads somewhere`, references(document).filter((ref) => !resolve(document, { $ref: ref })));
  const operations = operationsOf(document);
  const ids = operations.map(({ operation }) => operation.operationId);
  check(`${name}: operation ids are unique`, ids.filter((id, i) => ids.indexOf(id) !== i));
  const tags = new Set(document.tags.map((tag) => tag.name));
  check(`${name}: tags are unique`, document.tags.map((tag) => tag.name).filter((tag, i, all) => all.indexOf(tag) !== i));
  check(`${name}: tags are declared`, operations.flatMap(({ operation }) => operation.tags.filter((tag) => !tags.has(tag))));
  const wrong = [];
  for (const { path, method, operation } of operations) {
    const parameters = (operation.parameters || []).map((parameter) => resolve(document, parameter));
    const inPath = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name).sort().join();
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join();
    if (inPath !== named) wrong.push(`${method} ${path} declares {${inPath}}`);
    const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    for (const key of keys.filter((each, i) => keys.indexOf(each) !== i)) wrong.push(`${method} ${path} declares ${key} twice`);
    if (!Object.keys(operation.responses).some((status) => status.startsWith('2'))) wrong.push(`${method} ${path} has no good answer`);
  }
  check(`${name}: parameters fit the paths`, wrong);
}

function schemas(document) {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, strictTypes: false, allErrors: false });
  addFormats(ajv);
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'api', components: document.components }, 'api');
  return (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')));
}

async function checkAnswers(document) {
  const compile = schemas(document);
  const broken = [];
  for (const { path, method, operation } of operationsOf(document)) {
    if (operation.requestBody) {
      const { schema, example } = operation.requestBody.content['application/json'];
      const fits = compile(schema);
      if (example === undefined || !fits(example)) broken.push(`${method} ${path}: ${JSON.stringify(fits.errors)?.slice(0, 200)} in ${JSON.stringify(example)}`);
    }
  }
  check('the examples of what is sent fit their schemas', broken);

  const misfits = [];
  let seen = 0;
  const ask = async (template, id, path) => {
    const answer = await get(path);
    const fits = compile(document.paths[template].get.responses['200'].content['application/json'].schema);
    if (!fits(answer)) misfits.push(`${path}: ${fits.errors[0].instancePath} ${fits.errors[0].message}`);
    seen++;
    return answer;
  };
  const registers = await ask('/api/v1/registers', null, '/api/v1/registers');
  for (const { name } of registers.items) {
    const list = await ask(`/api/v1/${name}`, null, `/api/v1/${name}?limit=50`);
    const first = list.items?.[0]?.id;
    if (!first) continue;
    for (const below of ['', '/history', '/steps']) await ask(`/api/v1/${name}/{id}${below}`, first, `/api/v1/${name}/${encodeURIComponent(first)}${below}`);
  }
  check('the answers of every register fit the document', misfits);
  check('answers were looked at', seen > 200 ? [] : [`only ${seen}`]);
}

async function checkCustomFields(document) {
  const properties = document.components.schemas.risk.properties.custom.properties || {};
  check('custom fields are described', ['cost_centre', 'budget', 'tier', 'reviewed_by'].filter((key) => !properties[key]));
  check('custom fields are filters', ['custom.cost_centre'].filter((name) => !document.paths['/api/v1/risk'].get.parameters.some((p) => p.name === name)));
  const send = (method, path, body, more = {}) => fetch(url + path, { method, headers: { ...headers, ...more, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const made = await send('POST', '/api/v1/risk', { title: 'With fields of our own', custom: { cost_centre: 'A1', budget: 12.5, tier: 'gold' } });
  const record = await made.json();
  check('custom values are stored', made.status === 201 && record.custom?.budget === 12.5 ? [] : [JSON.stringify(record)]);
  const fits = schemas(document)({ $ref: '#/components/schemas/risk' });
  check('a record with custom values fits', fits(record) ? [] : [JSON.stringify(fits.errors)]);
  const changed = await send('PATCH', `/api/v1/risk/${record.id}`, { custom: { budget: null, tier: 'silver' } }, { 'If-Match': '"1"' });
  const after = await changed.json();
  check('a patch changes the keys it names', after.custom?.cost_centre === 'A1' && after.custom?.tier === 'silver' && !('budget' in after.custom) ? [] : [JSON.stringify(after)]);
  for (const [key, value] of [['budget', 'much'], ['tier', 'bronze'], ['reviewed_by', 'NOBODY'], ['colour', 'red']]) {
    const refused = await send('PATCH', `/api/v1/risk/${record.id}`, { custom: { [key]: value } }, { 'If-Match': '*' });
    const text = JSON.stringify(await refused.json());
    check(`a wrong ${key} is refused at its field`, refused.status === 422 && text.includes(`custom.${key}`) ? [] : [`${refused.status} ${text}`]);
  }
  const found = await get('/api/v1/risk?custom.cost_centre=A1&sort=-custom.cost_centre');
  check('lists are filtered and sorted by custom fields', found.items?.length === 1 ? [] : [JSON.stringify(found).slice(0, 300)]);
}

// The Statement of Applicability by the schema that NIST publishes.
async function checkOscal() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const fits = ajv.compile(JSON.parse(readFileSync(new URL('./oscal_component_definition.json', import.meta.url))));
  const document = await get('/api/v1/soa/current/oscal');
  check('the statement fits the schema of OSCAL', fits(document) ? [] : fits.errors.slice(0, 3).map((error) => `${error.instancePath} ${error.message}`));
  const lines = document['component-definition']?.components?.[0]?.['control-implementations']?.[0]?.['implemented-requirements']?.length;
  check('OSCAL has every line', lines === 95 ? [] : [`${lines} lines`]);
  const wrong = structuredClone(document);
  delete wrong['component-definition'].metadata.title;
  check('the schema of OSCAL refuses what lacks a title', fits(wrong) ? ['it does not'] : []);
}

const open = await get('/api/v1/openapi.json', {});
const own = await get('/api/v1/openapi.json');
await checkDocument('the document', open);
await checkDocument('the document of a workspace', own);
await checkOscal();
check('strangers learn nothing of custom fields', JSON.stringify(open).includes('cost_centre') ? ['cost_centre'] : []);
await checkAnswers(own);
await checkCustomFields(own);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
