const where = {
  es: '{line, plural, =0 {} other {Línea {line}, columna {column}: }}',
  en: '{line, plural, =0 {} other {Line {line}, column {column}: }}',
};

/** Errors of free SQL. `line` and `column` count from 1; `line` is 0 where the place is not known. */
export const query = {
  query_empty: {
    status: 422,
    message: { es: 'la consulta no dice nada', en: 'the query says nothing' },
    fix: { es: 'Escriba un SELECT.', en: 'Write a SELECT.' },
  },
  query_too_long: {
    status: 422,
    message: {
      es: 'la consulta tiene {length, number} caracteres; caben {limit, number}',
      en: 'the query has {length, number} characters; {limit, number} fit',
    },
    fix: { es: 'Acórtela.', en: 'Shorten it.' },
  },
  query_several_statements: {
    status: 422,
    message: {
      es: 'hay {count, number} instrucciones; se ejecuta una sola',
      en: 'there are {count, number} statements; one is run',
    },
    fix: {
      es: 'Quite lo que sigue al primer punto y coma.',
      en: 'Remove what follows the first semicolon.',
    },
  },
  query_not_reading: {
    status: 422,
    message: {
      es: 'aquí solo se lee: no se ejecuta «{statement}»',
      en: 'this is for reading only: "{statement}" is not run',
    },
    fix: {
      es: 'Use SELECT, WITH, VALUES, FROM, DESCRIBE, SUMMARIZE o EXPLAIN, sin nada delante de EXPLAIN; con PIVOT escriba la lista IN.',
      en: 'Use SELECT, WITH, VALUES, FROM, DESCRIBE, SUMMARIZE or EXPLAIN, with nothing before EXPLAIN; with PIVOT write the IN list.',
    },
  },
  query_function_refused: {
    status: 422,
    message: {
      es: `${where.es}la función «{name}» no se permite aquí`,
      en: `${where.en}the function "{name}" is not allowed here`,
    },
    fix: {
      es: 'Consulte las tablas de la lista: no hay archivos, red ni ajustes.',
      en: 'Query the tables of the list: there are no files, no network and no settings.',
    },
  },
  query_unknown_table: {
    status: 422,
    message: {
      es: `${where.es}no hay tabla «{name}»`,
      en: `${where.en}there is no table "{name}"`,
    },
    fix: {
      es: '{suggestion, select, none {Mire las tablas de la lista o escriba SHOW TABLES.} other {¿Quiso decir «{suggestion}»?}}',
      en: '{suggestion, select, none {See the tables of the list, or write SHOW TABLES.} other {Did you mean "{suggestion}"?}}',
    },
  },
  query_failed: {
    status: 422,
    message: { es: `${where.es}{message}`, en: `${where.en}{message}` },
    fix: {
      es: '{suggestion, select, none {Corrija la consulta en ese lugar.} other {¿Quiso decir «{suggestion}»?}}',
      en: '{suggestion, select, none {Correct the query there.} other {Did you mean "{suggestion}"?}}',
    },
  },
  query_parameter_missing: {
    status: 422,
    message: {
      es: 'la consulta pide el parámetro «{name}» y no se dio',
      en: 'the query asks for the parameter "{name}", which was not given',
    },
    fix: {
      es: 'Dé los parámetros como JSON: {example}.',
      en: 'Give the parameters as JSON: {example}.',
    },
  },
  query_parameter_unknown: {
    status: 422,
    message: {
      es: 'se dio el parámetro «{name}» y la consulta no lo pide',
      en: 'the parameter "{name}" was given, and the query does not ask for it',
    },
    fix: {
      es: 'Quítelo, o escríbalo con $ en la consulta.',
      en: 'Remove it, or write it with $ in the query.',
    },
  },
  query_not_as_parquet: {
    status: 422,
    message: {
      es: 'el resultado de «{statement}» no se escribe como Parquet',
      en: 'the result of "{statement}" is not written as Parquet',
    },
    fix: { es: 'Pida CSV, JSON o Arrow.', en: 'Ask for CSV, JSON or Arrow.' },
  },
  query_too_slow: {
    status: 504,
    message: {
      es: 'la consulta pasó de {seconds, number} s y se detuvo',
      en: 'the query went over {seconds, number} s and was stopped',
    },
    fix: {
      es: 'Filtre o resuma antes de unir tablas; el límite es ENSAYO_QUERY_SECONDS.',
      en: 'Filter or summarise before joining tables; the limit is ENSAYO_QUERY_SECONDS.',
    },
  },
  query_too_much_memory: {
    status: 422,
    message: {
      es: 'la consulta necesita más de {limit} de memoria o de disco',
      en: 'the query needs more than {limit} of memory or disk',
    },
    fix: {
      es: 'Filtre o resuma antes de unir tablas; el límite es ENSAYO_QUERY_MEMORY.',
      en: 'Filter or summarise before joining tables; the limit is ENSAYO_QUERY_MEMORY.',
    },
  },
  query_died: {
    status: 422,
    message: {
      es: 'el proceso de consulta se cayó ({reason}); nada más se tocó',
      en: 'the query process died ({reason}); nothing else was touched',
    },
    fix: { es: 'Simplifique la consulta.', en: 'Simplify the query.' },
  },
  query_busy: {
    status: 503,
    message: {
      es: 'hay {count, number} consultas en marcha y no se desocupó lugar en {seconds, number} s',
      en: '{count, number} queries are running and no place became free in {seconds, number} s',
    },
    fix: { es: 'Espere y repita, o cancele una.', en: 'Wait and repeat, or cancel one.' },
  },
} as const;
