/** Errors of analysing an experiment made elsewhere. */
export const analysis = {
  analysis_source: {
    status: 422,
    message: {
      es: 'hace falta un archivo o un conjunto de datos, y uno solo; se dio: {given}',
      en: 'a file or a dataset is needed, and one only; given: {given}',
    },
    fix: { es: 'Nombre un archivo, o use --dataset.', en: 'Name one file, or use --dataset.' },
  },
  analysis_no_rows: {
    status: 422,
    message: { es: 'no hay filas en {name}', en: 'there are no rows in {name}' },
    fix: { es: 'Revise el archivo o la hoja.', en: 'Check the file or the sheet.' },
  },
  analysis_column_unknown: {
    status: 422,
    message: {
      es: 'no hay una columna «{column}»; hay {known}',
      en: 'there is no column "{column}"; there are {known}',
    },
    fix: { es: 'Escriba el nombre como está en la tabla.', en: 'Write the name as the table has it.' },
  },
  analysis_one_arm: {
    status: 422,
    message: {
      es: 'la columna «{column}» tiene un solo brazo: «{arm}»',
      en: 'the column "{column}" holds one arm only: "{arm}"',
    },
    fix: {
      es: 'Dé la columna que dice el brazo de cada fila, con el control y al menos otro.',
      en: 'Give the column that says the arm of each row, with control and at least one other.',
    },
  },
  analysis_arms_many: {
    status: 422,
    message: {
      es: 'la columna «{column}» tiene {n, number, integer} valores distintos: no parece un brazo',
      en: 'the column "{column}" holds {n, number, integer} different values: it does not look like an arm',
    },
    fix: {
      es: 'Dé la columna del brazo; se comparan hasta {most, number, integer}.',
      en: 'Give the column of the arm; up to {most, number, integer} are compared.',
    },
  },
  analysis_empty_arm: {
    status: 422,
    message: {
      es: 'en el brazo «{arm}» ninguna fila tiene un resultado de «{metric}»',
      en: 'in the arm "{arm}" no row has an outcome of "{metric}"',
    },
    fix: {
      es: 'Quite ese brazo o esa métrica, o complete la columna.',
      en: 'Leave that arm or that metric out, or fill the column in.',
    },
  },
  analysis_metric_kind: {
    status: 422,
    message: {
      es: 'no se entiende «{metric}»: se conocen {known}',
      en: '"{metric}" cannot be read: known are {known}',
    },
    fix: {
      es: 'Escriba columna:tipo, como pagos:count, pagado/debido:ratio o dias:p90.',
      en: 'Write column:kind, such as payments:count, paid/due:ratio or days:p90.',
    },
  },
  analysis_not_numeric: {
    status: 422,
    message: {
      es: 'la columna «{column}» no es de números: tiene «{value}»',
      en: 'the column "{column}" is not of numbers: it holds "{value}"',
    },
    fix: {
      es: 'Dé una columna de números o de sí/no; si los decimales van con coma, use --decimal ,.',
      en: 'Give a column of numbers or of yes/no; if decimals are written with a comma, use --decimal ,.',
    },
  },
  analysis_not_a_share: {
    status: 422,
    message: {
      es: '«{metric}» no es una proporción: tiene {value}, y solo puede haber 0 y 1',
      en: '"{metric}" is not a proportion: it holds {value}, and there can only be 0 and 1',
    },
    fix: { es: 'Use otro tipo, como {metric}:mean.', en: 'Use another kind, such as {metric}:mean.' },
  },
  analysis_negative: {
    status: 422,
    message: {
      es: '«{metric}» tiene {n, number, integer} valores negativos, hasta {value}; un {kind, select, money {importe} other {conteo}} no puede serlo',
      en: '"{metric}" holds {n, number, integer} negative values, down to {value}; {kind, select, money {an amount} other {a count}} cannot be',
    },
    fix: {
      es: 'Corrija esas filas o, si restan de verdad, use {metric}:mean.',
      en: 'Correct those rows or, if they are meant to take away, use {metric}:mean.',
    },
  },
  analysis_outcomes_missing: {
    status: 422,
    message: {
      es: 'a {n, number, integer} de {of, number, integer} filas les falta «{metric}»',
      en: '{n, number, integer} of {of, number, integer} rows have no "{metric}"',
    },
    fix: {
      es: 'Complételas, o déjelas fuera con --missing drop.',
      en: 'Fill them in, or leave them out with --missing drop.',
    },
  },
  analysis_contaminated: {
    status: 422,
    message: {
      es: '{units, number, integer} unidades de «{unit}» están en dos brazos o más ({arms})',
      en: '{units, number, integer} units of "{unit}" are in two arms or more ({arms})',
    },
    fix: {
      es: 'Corrija el archivo, o déjelas fuera con --contaminated exclude.',
      en: 'Correct the file, or leave them out with --contaminated exclude.',
    },
  },
  analysis_early: {
    status: 422,
    message: {
      es: '{n, number, integer} filas tienen en «{outcome}» una fecha anterior a la de «{assigned}»',
      en: '{n, number, integer} rows have a date in "{outcome}" before that of "{assigned}"',
    },
    fix: {
      es: 'Un brazo no causa lo que pasó antes: corrija las fechas, o déjelas fuera con --early exclude.',
      en: 'An arm causes nothing that came before it: correct the dates, or leave them out with --early exclude.',
    },
  },
  analysis_not_a_date: {
    status: 422,
    message: {
      es: 'la columna «{column}» no es de fechas: tiene «{value}»',
      en: 'the column "{column}" is not of dates: it holds "{value}"',
    },
    fix: { es: 'Diga cómo van escritas con --dates.', en: 'Say how they are written with --dates.' },
  },
  analysis_weights_form: {
    status: 422,
    message: { es: 'no se entiende el peso «{part}»', en: 'the weight "{part}" cannot be read' },
    fix: {
      es: 'Escriba cada brazo con su parte, como A=0.5,B=0.5.',
      en: 'Write each arm with its share, such as A=0.5,B=0.5.',
    },
  },
  analysis_weights_sum: {
    status: 422,
    message: {
      es: 'los pesos {weights} suman {sum}, y deberían sumar {wanted}',
      en: 'the weights {weights} add up to {sum}, and should add up to {wanted}',
    },
    fix: {
      es: 'Corríjalos; también valen partes enteras, como A=2,B=1.',
      en: 'Correct them; whole parts such as A=2,B=1 do as well.',
    },
  },
  analysis_weights_unknown: {
    status: 422,
    message: {
      es: 'el peso de «{arm}» es de un brazo que no está; están {known}',
      en: 'the weight of "{arm}" is of an arm that is not there; there are {known}',
    },
    fix: {
      es: 'Dé un peso a cada brazo de la tabla, y a ningún otro.',
      en: 'Give a weight to every arm of the table, and to no other.',
    },
  },
  analysis_weights_missing: {
    status: 422,
    message: { es: 'el brazo «{arm}» no tiene peso', en: 'the arm "{arm}" has no weight' },
    fix: {
      es: 'Dé un peso a cada brazo de la tabla: {known}.',
      en: 'Give a weight to every arm of the table: {known}.',
    },
  },
  analysis_margin_form: {
    status: 422,
    message: { es: 'no se entiende el margen «{part}»', en: 'the margin "{part}" cannot be read' },
    fix: {
      es: 'Escriba cada métrica con un número mayor que 0, como visitas=0.01.',
      en: 'Write each metric with a number above 0, such as visits=0.01.',
    },
  },
  analysis_method_unknown: {
    status: 422,
    message: {
      es: 'método desconocido: «{method}»; se conocen {known}',
      en: 'unknown method: "{method}"; known are {known}',
    },
    fix: { es: 'Elija uno de ellos.', en: 'Choose one of them.' },
  },
  analysis_method_unfit: {
    status: 422,
    message: {
      es: 'el método «{method}» no sirve para «{metric}» ({kind}): necesita {needs}',
      en: 'the method "{method}" does not fit "{metric}" ({kind}): it needs {needs}',
    },
    fix: {
      es: 'Elija otro método, o nombre lo que le falta (--cluster, --strata).',
      en: 'Choose another method, or name what it lacks (--cluster, --strata).',
    },
  },
  analysis_strata_many: {
    status: 422,
    message: {
      es: 'las columnas {columns} hacen {n, number, integer} estratos: no parecen estratos',
      en: 'the columns {columns} make {n, number, integer} strata: they do not look like strata',
    },
    fix: {
      es: 'Nombre solo las columnas con que se repartió.',
      en: 'Name only the columns the draw was made by.',
    },
  },
} as const;
