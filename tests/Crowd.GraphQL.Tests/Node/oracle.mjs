// The reference implementation's opinion of many documents. Reads one JSON object a line from a file: first the schemas, then the cases.
import { readFileSync, writeFileSync } from 'node:fs';
import * as g from 'graphql';

// Rules for drafts that the specification of September 2025 does not have, and a protection that is no rule of it.
const beyond = /^(DeferStream|StreamDirective|MaxIntrospectionDepth)/;
const rules = g.specifiedRules.filter((rule) => !beyond.test(rule.name)).map((rule) => (context) => {
  const named = Object.create(context);
  named.reportError = (error) => {
    error.rule = rule.name.replace(/Rule$/, '');
    context.reportError(error);
  };
  // Where the field of an input object takes a variable, the reference looks at the object's type and does not see a OneOf
  // input object behind a non-null (section 5.8.5, step 3).
  named.getRecursiveVariableUsages = (operation) =>
    context.getRecursiveVariableUsages(operation).map((usage) => ({ ...usage, parentType: g.getNullableType(usage.parentType) }));
  return rule(named);
});

function hash(key) {
  let h = 2166136261;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 16777619) >>> 0;
  return (Math.imul((h ^ (h >>> 15)) >>> 0, 2654435761) >>> 0) >>> 4;
}

function canonical(value) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each) + ';').join('')}]`;
  if (typeof value === 'object') return `{${Object.keys(value).sort().map((name) => `${name}:${canonical(value[name])};`).join('')}}`;
  return String(value);
}

function leaf(type, h) {
  switch (type) {
    case 'Int': return (h % 2001) - 1000;
    case 'Float': return h % 41 === 0 ? NaN : ((h % 4001) - 2000) / 8;
    case 'Boolean': return h % 2 === 0;
    case 'ID': return `id${h}`;
    default: return `s\u00e9\n"${h}\u2028\ud83d\ude00`;
  }
}

function made(schema, type, key) {
  const h = hash(key);
  if (h % 61 === 0) return new Error('made up');
  if (h % (g.isNonNullType(type) ? 97 : 11) === 1) return null;
  const nullable = g.getNullableType(type);
  if (g.isListType(nullable)) return Array.from({ length: hash(key + '#') % 4 }, (_, i) => made(schema, nullable.ofType, `${key}[${i}]`));
  if (g.isCompositeType(nullable)) {
    const possible = (g.isAbstractType(nullable) ? schema.getPossibleTypes(nullable) : [nullable]).map((each) => each.name).sort();
    return { key, type: possible[h % possible.length] };
  }
  if (g.isEnumType(nullable)) return nullable.getValues()[h % nullable.getValues().length].name;
  return leaf(nullable.name, h);
}

const locations = (error) => (error.locations ?? []).map(({ line, column }) => `${line}:${column}`).join(' ');

const argumentsKey = (parent, field, args) => `${parent}/${field}${Object.keys(args).length ? canonical(args) : ''}`;
const outcome = ({ data, errors }) => ({ data, errors: (errors ?? []).map((error) => [error.path ? error.path.join('.') : '', locations(error)]) });

// A source stream has up to three events. Some do not open, some fail after their last event.
function source(schema, type, key) {
  if (hash(key + '?') % 11 === 0) throw new Error('made up');
  return (async function* () {
    for (let i = 0; i < hash(key + '#') % 4; i++) yield { event: made(schema, type, `${key}@${i}`) };
    if (hash(key + '!') % 7 === 0) throw new Error('made up');
  })();
}

async function subscribed(request) {
  const stream = await g.subscribe({
    ...request,
    subscribeFieldResolver: (root, args, _, info) => source(info.schema, info.returnType, argumentsKey(root.key, info.fieldName, args)),
  });
  if (!(Symbol.asyncIterator in stream)) return outcome(stream);
  const events = [];
  try {
    for await (const event of stream) events.push(outcome(event));
  } catch (error) {
    return { events, failed: true };
  }
  return { events, failed: false };
}

async function judge(schema, { document, operationName, variables, coordinate }) {
  if (coordinate !== null) return { resolved: resolved(schema, coordinate) };
  let ast;
  try {
    ast = g.parse(document, { allowEmptySelectionSets: false });
  } catch (error) {
    return { syntax: locations(error) };
  }
  const printed = g.print(ast);
  const invalid = g.validate(schema, ast, rules, { maxErrors: 100000, hideSuggestions: true, allowEmptySelectionSets: false });
  if (invalid.length) return { printed, invalid: invalid.map((error) => [error.rule ?? error.message, locations(error)]) };
  const request = {
    schema,
    document: ast,
    operationName,
    variableValues: variables,
    rootValue: { key: '' },
    fieldResolver: (parent, args, _, info) =>
      info.parentType === info.schema.getSubscriptionType() ? parent.event : made(info.schema, info.returnType, argumentsKey(parent.key, info.fieldName, args)),
    typeResolver: (value) => value.type,
  };
  const operation = g.getOperationAST(ast, operationName);
  return { printed, ...(operation?.operation === 'subscription' ? await subscribed(request) : outcome(g.execute(request))) };
}

// How a schema coordinate resolves: to an element of a kind, to none, or not at all for want of what contains it.
function resolved(schema, coordinate) {
  try {
    return g.resolveSchemaCoordinate(schema, coordinate)?.kind ?? 'none';
  } catch (error) {
    return error instanceof g.GraphQLError ? `syntax ${locations(error)}` : 'no container';
  }
}

const [schemas, ...cases] = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const built = schemas.map((sdl) => g.buildSchema(sdl));
// printSchema, but with the types in alphabetical order and their members as they are.
const print = (schema) => Object.values(schema.getTypeMap())
  .filter((type) => !g.isSpecifiedScalarType(type) && !g.isIntrospectionType(type))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(g.printType)
  .join('\n\n');

const asked = { specifiedByUrl: true, inputValueDeprecation: true, directiveIsRepeatable: true, schemaDescription: true, oneOf: true };
const out = [JSON.stringify(built.map((schema) => ({ sdl: print(schema), introspection: g.introspectionFromSchema(schema, asked) })))];
for (const each of cases) out.push(JSON.stringify(await judge(built[each.schema], each)));
writeFileSync(process.argv[3], out.join('\n') + '\n');
