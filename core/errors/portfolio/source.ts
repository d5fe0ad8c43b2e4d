const again = {
  es: 'Pida el archivo de nuevo, o ábralo en el programa que lo hizo y guárdelo otra vez.',
  en: 'Ask for the file again, or open it in the program that made it and save it once more.',
};

/** Errors of reading one kind of source. */
export const source = {
  load_other_format: {
    status: 422,
    message: {
      es: 'El archivo «{file}» no es lo que dice su nombre: por dentro es {found_es}.',
      en: 'The file "{file}" is not what its name says: inside it is {found_en}.',
    },
    fix: {
      es: 'Póngale la terminación que le corresponde, o guárdelo en el formato que dice su nombre.',
      en: 'Give it the ending it should have, or save it in the format its name says.',
    },
  },
  load_encoding_mixed: {
    status: 422,
    message: {
      es: 'El archivo «{file}» mezcla codificaciones: unas letras con tilde están en UTF-8 y otras no.',
      en: 'The file "{file}" mixes encodings: some accented letters are UTF-8 and others are not.',
    },
    fix: {
      es: 'Guárdelo entero en UTF-8, o indique su codificación en la receta (encoding) para leerlo como está.',
      en: 'Save all of it as UTF-8, or state its encoding in the recipe to read it as it is.',
    },
  },
  load_bomb: {
    status: 422,
    message: {
      es: 'El archivo «{file}» se infla demasiado al descomprimirlo: más de {bytes, number} bytes desde {zipped, number}.',
      en: 'The file "{file}" unzips to far too much: more than {bytes, number} bytes from {zipped, number}.',
    },
    fix: {
      es: 'Revise de dónde viene. Si es legítimo, descomprímalo y cárguelo sin comprimir.',
      en: 'Check where it comes from. If it is genuine, unzip it and load it as it is.',
    },
  },
  load_too_many_columns: {
    status: 422,
    message: {
      es: 'El archivo «{file}» tiene más de {limit, number} columnas; la última leída: «{column}».',
      en: 'The file "{file}" has more than {limit, number} columns; the last one read: "{column}".',
    },
    fix: {
      es: 'Revise que las claves de los objetos sean nombres de columna y no valores.',
      en: 'Check that the keys of the objects are names of columns and not values.',
    },
  },
  load_json_broken: {
    status: 422,
    message: {
      es: 'El archivo «{file}» no es JSON válido en la línea {line, number}: «{excerpt}»',
      en: 'The file "{file}" is not valid JSON at line {line, number}: "{excerpt}"',
    },
    fix: again,
  },
  load_json_no_rows: {
    status: 422,
    message: {
      es: 'En «{file}» no hay ninguna lista de objetos que leer como filas.',
      en: 'In "{file}" there is no list of objects to be read as rows.',
    },
    fix: {
      es: 'Guárdelo como una lista de objetos, o con un objeto por línea.',
      en: 'Save it as a list of objects, or with one object a line.',
    },
  },
  load_json_several: {
    status: 422,
    message: {
      es: 'En «{file}» hay más de una lista de objetos: «{first}» y «{second}».',
      en: 'In "{file}" there is more than one list of objects: "{first}" and "{second}".',
    },
    fix: { es: 'Guarde cada lista en un archivo.', en: 'Save each list in a file of its own.' },
  },
  load_excel_old: {
    status: 422,
    message: {
      es: 'El archivo «{file}» es un libro de Excel antiguo (.xls), que no se lee aquí.',
      en: 'The file "{file}" is an old Excel workbook (.xls), which is not read here.',
    },
    fix: { es: 'Ábralo en Excel y guárdelo como .xlsx.', en: 'Open it in Excel and save it as .xlsx.' },
  },
  load_excel_locked: {
    status: 422,
    message: {
      es: 'El libro «{file}» está protegido con contraseña.',
      en: 'The workbook "{file}" is protected by a password.',
    },
    fix: {
      es: 'Ábralo en Excel, quite la contraseña y guárdelo.',
      en: 'Open it in Excel, remove the password and save it.',
    },
  },
  load_excel_sheet: {
    status: 422,
    message: {
      es: 'En «{file}» no hay una hoja «{sheet}» con filas. Las que hay: {known}.',
      en: 'In "{file}" there is no sheet "{sheet}" with rows. Those there: {known}.',
    },
    fix: { es: 'Indique en la receta una de esas hojas.', en: 'Name one of those sheets in the recipe.' },
  },
  load_excel_formula: {
    status: 422,
    message: {
      es: 'En «{file}», hoja «{sheet}», la fórmula de {cell} no trae su resultado: «={formula}».',
      en: 'In "{file}", sheet "{sheet}", the formula of {cell} comes without its result: "={formula}".',
    },
    fix: {
      es: 'Abra el libro en Excel, deje que calcule y guárdelo.',
      en: 'Open the workbook in Excel, let it calculate, and save it.',
    },
  },
  load_arrow_feather1: {
    status: 422,
    message: {
      es: 'El archivo «{file}» es Feather de la versión 1, que no se lee aquí.',
      en: 'The file "{file}" is Feather version 1, which is not read here.',
    },
    fix: {
      es: 'Guárdelo como Feather 2 (Arrow IPC) o Parquet.',
      en: 'Save it as Feather 2 (Arrow IPC) or Parquet.',
    },
  },
  load_arrow_type: {
    status: 422,
    message: {
      es: 'La columna «{column}» de «{file}» es de tipo {type}, que no se lee aquí.',
      en: 'The column "{column}" of "{file}" is of type {type}, which is not read here.',
    },
    fix: {
      es: 'Conviértala en texto, número o fecha al guardar el archivo, o quítela.',
      en: 'Make it text, a number or a date when saving the file, or leave it out.',
    },
  },
  load_postgres_password: {
    status: 422,
    message: {
      es: 'La dirección «{address}» trae una contraseña, y no se guarda ninguna.',
      en: 'The address "{address}" holds a password, and none is kept.',
    },
    fix: {
      es: 'Quítela de la dirección: póngala en PGPASSWORD, en el entorno del servidor, o en el archivo ~/.pgpass de su máquina.',
      en: 'Take it out of the address: put it in PGPASSWORD, in the environment of the server, or in the file ~/.pgpass of its machine.',
    },
  },
  load_postgres_address: {
    status: 422,
    message: {
      es: 'La dirección «{address}» no sirve: {reason}.',
      en: 'The address "{address}" is of no use: {reason}.',
    },
    fix: {
      es: 'Escríbala así: postgresql://usuario@servidor:5432/base?sslmode=require',
      en: 'Write it like this: postgresql://user@host:5432/database?sslmode=require',
    },
  },
  load_postgres_no_query: {
    status: 422,
    message: {
      es: 'Falta la consulta que leer de «{address}».',
      en: 'The query to read from "{address}" is missing.',
    },
    fix: {
      es: 'Indíquela en la receta (query), o al pedir la carga.',
      en: 'State it in the recipe (query), or when asking for the load.',
    },
  },
  load_postgres_unreachable: {
    status: 422,
    message: {
      es: 'No se pudo conectar con «{address}»: {reason}',
      en: 'Could not connect to "{address}": {reason}',
    },
    fix: {
      es: 'Revise el servidor, el puerto y sslmode, y que esta máquina tenga permiso de llegar a él.',
      en: 'Check the host, the port and sslmode, and that this machine may reach it.',
    },
  },
  load_postgres_refused: {
    status: 422,
    message: {
      es: '«{address}» no dejó entrar a {user}: {reason}',
      en: '"{address}" did not let {user} in: {reason}',
    },
    fix: {
      es: 'Revise el usuario y la base; la contraseña se toma de PGPASSWORD, en el entorno del servidor, o de ~/.pgpass.',
      en: 'Check the user and the database; the password is taken from PGPASSWORD, in the environment of the server, or from ~/.pgpass.',
    },
  },
  load_postgres_query: {
    status: 422,
    message: {
      es: 'La base no aceptó la consulta: {reason}{position, plural, =0 {} other { (carácter {position, number}, cerca de «{near}»)}}',
      en: 'The database did not take the query: {reason}{position, plural, =0 {} other { (character {position, number}, near "{near}")}}',
    },
    fix: {
      es: 'Debe ser un solo SELECT, que el usuario de la dirección pueda leer.',
      en: 'It must be one single SELECT, which the user of the address may read.',
    },
  },
  load_postgres_cut: {
    status: 502,
    message: {
      es: 'La conexión con «{address}» se cortó después de {bytes, number} bytes: {reason}',
      en: 'The connection to "{address}" was cut after {bytes, number} bytes: {reason}',
    },
    fix: { es: 'No se cargó nada. Repita la carga.', en: 'Nothing was loaded. Repeat the load.' },
  },
  load_postgres_slow: {
    status: 504,
    message: {
      es: 'La consulta a «{address}» pasó del límite de {minutes, number} minutos.',
      en: 'The query of "{address}" took more than the limit of {minutes, number} minutes.',
    },
    fix: {
      es: 'Pida menos filas o columnas, o divida la consulta por meses.',
      en: 'Ask for fewer rows or columns, or divide the query by months.',
    },
  },
} as const;
