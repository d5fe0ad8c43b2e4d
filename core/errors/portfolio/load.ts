import { rejects } from './reject.ts';

/** Errors of the load step; the reasons of rejected rows are among them. */
export const load = {
  load_file_missing: {
    status: 404,
    message: { es: 'No existe el archivo «{file}».', en: 'There is no file "{file}".' },
    fix: {
      es: 'Revise la ruta, o suba el archivo primero.',
      en: 'Check the path, or upload the file first.',
    },
  },
  load_file_own: {
    status: 403,
    message: {
      es: '«{file}» es un archivo propio del espacio de trabajo y no se carga desde ahí.',
      en: '"{file}" is a file of the workspace itself and is not loaded from there.',
    },
    fix: {
      es: 'Copie el extracto fuera del espacio de trabajo, o súbalo.',
      en: 'Copy the extract out of the workspace, or upload it.',
    },
  },
  load_address_unknown: {
    status: 422,
    message: {
      es: 'De una dirección «{scheme}://» no se lee.',
      en: 'Nothing is read from an address that begins with "{scheme}://".',
    },
    fix: { es: 'Se lee de archivos y de {known}.', en: 'Files and {known} are read.' },
  },
  load_pattern_empty: {
    status: 404,
    message: {
      es: 'Ningún archivo coincide con «{pattern}».',
      en: 'No file matches "{pattern}".',
    },
    fix: {
      es: 'Revise la carpeta y el patrón; * vale por cualquier texto y ? por una letra.',
      en: 'Check the folder and the pattern; * stands for any text and ? for one letter.',
    },
  },
  load_file_empty: {
    status: 422,
    message: { es: 'El archivo «{file}» está vacío.', en: 'The file "{file}" is empty.' },
    fix: {
      es: 'Pida de nuevo el extracto: debe traer encabezado y filas.',
      en: 'Ask for the extract again: it must hold a header and rows.',
    },
  },
  load_no_rows: {
    status: 422,
    message: {
      es: 'El archivo «{file}» trae encabezado y ninguna fila.',
      en: 'The file "{file}" holds a header and no rows.',
    },
    fix: {
      es: 'Pida de nuevo el extracto con sus filas.',
      en: 'Ask for the extract again, with its rows.',
    },
  },
  load_kind_unknown: {
    status: 422,
    message: {
      es: 'No se sabe leer «{file}»; se leen: {known}.',
      en: 'Nothing here reads "{file}"; these endings are read: {known}.',
    },
    fix: {
      es: 'Guárdelo en uno de esos formatos.',
      en: 'Save it in one of those formats.',
    },
  },
  load_wrong_delimiter: {
    status: 422,
    message: {
      es: 'El encabezado de «{file}» se lee como una sola columna con el separador «{expected}»: «{header}». Parece separado por «{found}».',
      en: 'With the delimiter "{expected}" the header of "{file}" reads as one column: "{header}". It looks delimited by "{found}".',
    },
    fix: {
      es: 'Cambie el separador en la receta, o exporte el archivo con el que ella espera.',
      en: 'Change the delimiter in the recipe, or export the file with the one it expects.',
    },
  },
  load_columns_missing: {
    status: 422,
    message: {
      es: 'En «{file}» faltan columnas que la receta nombra: {missing}. Las que hay: {present}.',
      en: '"{file}" lacks columns that the recipe names: {missing}. Those there: {present}.',
    },
    fix: {
      es: 'Corrija los nombres en la receta o en el archivo.',
      en: 'Correct the names in the recipe or in the file.',
    },
  },
  load_columns_repeated: {
    status: 422,
    message: {
      es: 'El encabezado de «{file}» repite nombres: {repeated}.',
      en: 'The header of "{file}" repeats names: {repeated}.',
    },
    fix: { es: 'Dé a cada columna un nombre propio.', en: 'Give each column a name of its own.' },
  },
  load_recipe_unknown: {
    status: 404,
    message: {
      es: 'No existe la receta «{recipe}». Las que hay: {known}.',
      en: 'There is no recipe "{recipe}". Those there: {known}.',
    },
    fix: { es: 'Elija una de la lista.', en: 'Pick one of the list.' },
  },
  load_recipe_incomplete: {
    status: 422,
    message: {
      es: 'Para cargar {table} desde «{file}» faltan columnas obligatorias: {missing}.',
      en: 'To load {table} from "{file}", required columns are missing: {missing}.',
    },
    fix: {
      es: 'Añádalas a la receta o al archivo.',
      en: 'Add them to the recipe or to the file.',
    },
  },
  load_recipe_strange: {
    status: 422,
    message: {
      es: 'La receta llena columnas que {table} no tiene: {columns}.',
      en: 'The recipe feeds columns that {table} does not have: {columns}.',
    },
    fix: { es: 'Vea el diccionario de datos.', en: 'See the data dictionary.' },
  },
  load_no_tables: {
    status: 422,
    message: {
      es: 'Ningún archivo de «{file}» se llama como una tabla. Se esperan: {known}.',
      en: 'No file of "{file}" is named after a table. Expected: {known}.',
    },
    fix: {
      es: 'Nombre los archivos como las tablas, por ejemplo accounts.csv.',
      en: 'Name the files after the tables, for example accounts.csv.',
    },
  },
  load_truncated: {
    status: 422,
    message: {
      es: 'El archivo «{file}» está cortado o dañado: {reason}',
      en: 'The file "{file}" is cut short or damaged: {reason}',
    },
    fix: {
      es: 'Cópielo de nuevo completo desde el origen.',
      en: 'Copy it again, whole, from where it came.',
    },
  },
  load_encoding: {
    status: 422,
    message: {
      es: 'El archivo «{file}» no está en {encoding} (byte {position}).',
      en: 'The file "{file}" is not {encoding} (byte {position}).',
    },
    fix: {
      es: 'Indique la codificación en la receta (encoding), o guárdelo en UTF-8.',
      en: 'State the encoding in the recipe, or save the file as UTF-8.',
    },
  },
  load_unreadable: {
    status: 422,
    message: { es: 'No se pudo leer «{file}»: {reason}', en: 'Could not read "{file}": {reason}' },
    fix: {
      es: 'Compruebe que el archivo sea del formato que dice su nombre.',
      en: 'Check that the file is of the format its name says.',
    },
  },
  load_file_changed: {
    status: 409,
    message: {
      es: 'El archivo «{file}» cambió mientras se leía.',
      en: 'The file "{file}" changed while it was being read.',
    },
    fix: {
      es: 'Espere a que termine de escribirse y repita; no se publicó nada.',
      en: 'Wait until it is fully written and repeat; nothing was published.',
    },
  },
  load_file_repeated: {
    status: 422,
    message: {
      es: 'El archivo «{file}» es igual a otro de la misma carga.',
      en: 'The file "{file}" equals another one of the same load.',
    },
    fix: { es: 'Deje una sola copia.', en: 'Leave one copy only.' },
  },
  load_too_many_rejects: {
    status: 422,
    message: {
      es: 'De las {rows, number} filas de «{file}», {rejected, number} incumplen una regla ({share, number, percent}; el límite es {limit, number, percent}). La primera: {first_es} No se publicó nada.',
      en: 'Of the {rows, number} rows of "{file}", {rejected, number} break a rule ({share, number, percent}; the limit is {limit, number, percent}). The first: {first_en} Nothing was published.',
    },
    fix: {
      es: 'Corrija el archivo o la receta, o suba el límite si de verdad se pueden perder esas filas.',
      en: 'Correct the file or the recipe, or raise the limit if those rows can really be lost.',
    },
  },
  load_dataset_unit: {
    status: 409,
    message: {
      es: 'El conjunto «{dataset}» ya está cargado con otra unidad: «{held}», no «{unit}» («#» es la fila).',
      en: 'Dataset "{dataset}" is already loaded with another unit: "{held}", not "{unit}" ("#" is the row).',
    },
    fix: {
      es: 'Use la misma columna como unidad en la receta, u otro nombre para el conjunto.',
      en: 'Use the same column as the unit in the recipe, or another name for the dataset.',
    },
  },
  load_in_use: {
    status: 409,
    message: {
      es: 'La carga {loadId} no se puede deshacer: depende de ella el experimento «{name}», que sigue en marcha.',
      en: 'Load {loadId} cannot be undone: the experiment "{name}", still under way, depends on it.',
    },
    fix: {
      es: 'Espere a que se cumpla el plazo de su métrica.',
      en: 'Wait until the horizon of its metric has passed.',
    },
  },
  load_in_export: {
    status: 409,
    message: {
      es: 'La carga {loadId} no se puede deshacer: el experimento «{name}», que depende de ella, se está exportando a {destination}.',
      en: 'Load {loadId} cannot be undone: the experiment "{name}", which depends on it, is being exported to {destination}.',
    },
    fix: {
      es: 'Espere a que termine la exportación.',
      en: 'Wait until the export has ended.',
    },
  },
  load_withdrawn: {
    status: 409,
    message: { es: 'La carga {loadId} ya se deshizo.', en: 'Load {loadId} was already undone.' },
    fix: { es: 'Cargue el archivo de nuevo si hace falta.', en: 'Load the file again if needed.' },
  },
  ...rejects,
} as const;
