/** Table functions that make rows of their own and read nothing. */
const tableFunctions = new Set([
  'range',
  'generate_series',
  'unnest',
  'repeat',
  'repeat_row',
  'json_each',
  'json_tree',
  'histogram',
  'histogram_values',
  'icu_calendar_names',
  'pg_timezone_names',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_types',
]);

/** Functions of a value that tell of the engine itself, run text as SQL, or leave something behind. */
const refusedFunctions = new Set([
  'current_setting',
  'getenv',
  'getvariable',
  'write_log',
  'nextval',
  'currval',
  'pg_get_viewdef',
  'json_execute_serialized_sql',
  'json_serialize_plan',
  'query',
  'query_table',
  'read_blob',
  'read_text',
  'which_secret',
]);

const catalogueTables = new Set(['tables', 'columns', 'schemata']);
const shownLists = new Set(['"tables"', 'tables', '__show_tables_expanded']);

export interface Refusal {
  code: 'query_function_refused' | 'query_unknown_table';
  name: string;
  /** Bytes before it in the text; null where the parser does not say. */
  position: number | null;
}

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const placeOf = (node: Node): number | null => {
  const place = Number(node.query_location);
  return Number.isSafeInteger(place) ? place : null;
};

/**
 * Looks through a whole parse tree for what must not be asked: any table that is not one of `tables` or a name the
 * query itself gives by WITH, and any function that reads files, settings or text as SQL. What the lists do not name
 * is still held by the locked engine; this says it first, and in words.
 */
export function judge(tree: unknown, tables: ReadonlySet<string>): Refusal | null {
  return visit(tree, new Set([...tables].map((name) => name.toLowerCase())));
}

function visit(value: unknown, known: ReadonlySet<string>): Refusal | null {
  if (Array.isArray(value)) return first(value, (one) => visit(one, known));
  if (!isNode(value)) return null;
  const inside = namesGiven(value, known);
  return refusalOf(value, inside) ?? first(Object.values(value), (one) => visit(one, inside));
}

function first<T>(values: readonly T[], judged: (value: T) => Refusal | null): Refusal | null {
  for (const value of values) {
    const refusal = judged(value);
    if (refusal) return refusal;
  }
  return null;
}

/** The names that a WITH of this node adds to those known. */
function namesGiven(node: Node, known: ReadonlySet<string>): ReadonlySet<string> {
  const map = isNode(node.cte_map) ? node.cte_map.map : undefined;
  const own = [
    ...(Array.isArray(map) ? map.map((entry) => text((entry as Node).key)) : []),
    ...(node.type === 'RECURSIVE_CTE_NODE' || node.type === 'CTE_NODE' ? [text(node.cte_name)] : []),
  ];
  return own.length ? new Set([...known, ...own.map((name) => name.toLowerCase())]) : known;
}

function refusalOf(node: Node, known: ReadonlySet<string>): Refusal | null {
  const position = placeOf(node);
  if (node.type === 'TABLE_FUNCTION') {
    const name = text(isNode(node.function) ? node.function.function_name : '').toLowerCase();
    return tableFunctions.has(name) ? null : { code: 'query_function_refused', name, position };
  }
  if (node.class === 'FUNCTION' || node.class === 'WINDOW') {
    const name = text(node.function_name).toLowerCase();
    return refusedFunctions.has(name) ? { code: 'query_function_refused', name, position } : null;
  }
  if (node.type === 'BASE_TABLE') return refusedTable(node, known, position);
  if (node.type === 'SHOW_REF' && node.query === null && !shownLists.has(text(node.table_name)))
    return { code: 'query_unknown_table', name: text(node.table_name), position };
  return null;
}

function refusedTable(node: Node, known: ReadonlySet<string>, position: number | null): Refusal | null {
  const name = text(node.table_name);
  const schema = text(node.schema_name).toLowerCase();
  const fits =
    schema === 'information_schema'
      ? catalogueTables.has(name.toLowerCase())
      : (schema === '' || schema === 'main') && known.has(name.toLowerCase());
  return fits ? null : { code: 'query_unknown_table', name, position };
}
