const inSource = {
  es: 'Corrija el valor en el origen y cargue de nuevo.',
  en: 'Correct the value at its source and load again.',
};
const status = 422;

/** Why a row of a file was not taken. `value` is what the file holds, as it is written there. */
export const rejects = {
  reject_missing: {
    status,
    message: { es: 'Falta {column}, que es obligatoria.', en: '{column} is missing, and it is required.' },
    fix: inSource,
  },
  reject_no_currency: {
    status,
    message: {
      es: 'Los importes de la fila no tienen moneda.',
      en: 'The amounts of the row have no currency.',
    },
    fix: {
      es: 'Añada la moneda al archivo, o como constante en la receta.',
      en: 'Add the currency to the file, or as a constant of the recipe.',
    },
  },
  reject_not_a_number: {
    status,
    message: { es: '{column}: «{value}» no es un número.', en: '{column}: "{value}" is not a number.' },
    fix: {
      es: 'Corrija el valor, o el signo decimal en la receta.',
      en: 'Correct the value, or the decimal mark in the recipe.',
    },
  },
  reject_not_whole: {
    status,
    message: {
      es: '{column}: «{value}» no es un número entero.',
      en: '{column}: "{value}" is not a whole number.',
    },
    fix: inSource,
  },
  reject_number_too_large: {
    status,
    message: { es: '{column}: «{value}» no cabe.', en: '{column}: "{value}" does not fit.' },
    fix: inSource,
  },
  reject_not_a_date: {
    status,
    message: { es: '{column}: «{value}» no es una fecha.', en: '{column}: "{value}" is not a date.' },
    fix: {
      es: 'Corrija el valor, o el estilo de fechas en la receta.',
      en: 'Correct the value, or the date style in the recipe.',
    },
  },
  reject_no_such_date: {
    status,
    message: {
      es: '{column}: la fecha «{value}» no existe.',
      en: '{column}: there is no date "{value}".',
    },
    fix: inSource,
  },
  reject_not_yes_or_no: {
    status,
    message: { es: '{column}: «{value}» no es sí ni no.', en: '{column}: "{value}" is neither yes nor no.' },
    fix: inSource,
  },
  reject_not_readable: {
    status,
    message: { es: '{column}: «{value}» no se puede leer.', en: '{column}: "{value}" cannot be read.' },
    fix: inSource,
  },
  reject_value_unknown: {
    status,
    message: {
      es: '{column}: «{value}» no está entre los valores admitidos.',
      en: '{column}: "{value}" is not one of the values allowed.',
    },
    fix: {
      es: 'Corrija el valor, o tradúzcalo con una tabla de códigos en la receta.',
      en: 'Correct the value, or translate it by a code table in the recipe.',
    },
  },
  reject_code_unknown: {
    status,
    message: {
      es: '{column}: el código «{value}» no está en la tabla de la receta.',
      en: '{column}: the code "{value}" is not in the table of the recipe.',
    },
    fix: { es: 'Añada el código a la receta.', en: 'Add the code to the recipe.' },
  },
  reject_below_minimum: {
    status,
    message: {
      es: '{column}: «{value}» está por debajo de lo posible.',
      en: '{column}: "{value}" is below what is possible.',
    },
    fix: inSource,
  },
  reject_duplicate_key: {
    status,
    message: {
      es: 'La clave {column} «{value}» se repite en el archivo; se tomó la primera.',
      en: 'The key {column} "{value}" is repeated in the file; the first was taken.',
    },
    fix: {
      es: 'Deje una sola fila por clave.',
      en: 'Leave one row for each key.',
    },
  },
  reject_too_many_columns: {
    status,
    message: {
      es: 'La fila tiene más columnas que el encabezado: «{value}».',
      en: 'The row has more columns than the header: "{value}".',
    },
    fix: {
      es: 'Ponga entre comillas los valores que contienen el separador.',
      en: 'Quote the values that contain the delimiter.',
    },
  },
  reject_too_few_columns: {
    status,
    message: {
      es: 'La fila tiene menos columnas que el encabezado: «{value}».',
      en: 'The row has fewer columns than the header: "{value}".',
    },
    fix: inSource,
  },
  reject_too_long: {
    status,
    message: {
      es: 'La fila es demasiado larga para leerla: «{value}».',
      en: 'The row is too long to be read: "{value}".',
    },
    fix: inSource,
  },
  reject_not_an_object: {
    status,
    message: {
      es: 'La fila no es un objeto JSON: «{value}».',
      en: 'The row is not a JSON object: "{value}".',
    },
    fix: inSource,
  },
  reject_error_cell: {
    status,
    message: {
      es: 'La celda {value} tiene un error de Excel.',
      en: 'The cell {value} holds an Excel error.',
    },
    fix: {
      es: 'Corrija la fórmula en el libro y cargue de nuevo.',
      en: 'Correct the formula in the workbook and load again.',
    },
  },
  reject_quotes: {
    status,
    message: {
      es: 'Las comillas de la fila no se cierran: «{value}».',
      en: 'The quotes of the row do not close: "{value}".',
    },
    fix: inSource,
  },
} as const;
