/** What can go wrong in networks, in models and predictions from elsewhere, and in scoring by workers. */
export const scoring = {
  no_tensor_backend: {
    status: 409,
    message: {
      es: 'TensorFlow.js no funciona en esta máquina ({reasons}).',
      en: 'TensorFlow.js does not work on this machine ({reasons}).',
    },
    fix: {
      es: 'Ejecute «ensayo doctor» para ver qué hay, o use otra forma de ajustar.',
      en: 'Run "ensayo doctor" to see what is there, or use another learner.',
    },
  },
  saved_model_unreadable: {
    status: 409,
    message: {
      es: 'El modelo guardado de «{learner}» no se puede leer: {reason}.',
      en: 'The saved model of "{learner}" cannot be read: {reason}.',
    },
    fix: {
      es: 'Entrene otra versión; la que está no se usa.',
      en: 'Train another version; the one that is there is not used.',
    },
  },
  saved_model_format: {
    status: 409,
    message: {
      es: 'El modelo guardado de «{learner}» tiene el formato {found} y esta versión de Ensayo lee el {known}.',
      en: 'The saved model of "{learner}" has format {found} and this version of Ensayo reads {known}.',
    },
    fix: {
      es: 'Si el formato es mayor, actualice Ensayo; si es menor, entrene otra versión.',
      en: 'If the format is higher, update Ensayo; if it is lower, train another version.',
    },
  },
  made_elsewhere: {
    status: 409,
    message: {
      es: 'La versión se hizo afuera («{learner}»): aquí no hay con qué abrirla.',
      en: 'The version was made elsewhere ("{learner}"): there is nothing here to open it with.',
    },
    fix: {
      es: 'Úsela para puntuar y comparar; lo demás pídalo a quien la hizo.',
      en: 'Use it to score and compare; ask whoever made it for the rest.',
    },
  },
  matrix_changed: {
    status: 409,
    message: {
      es: 'Las predicciones son de la matriz {given} y la de la versión {versionId} es {known}.',
      en: 'The predictions are of matrix {given} and that of version {versionId} is {known}.',
    },
    fix: {
      es: 'Baje la matriz otra vez y prediga sobre ella.',
      en: 'Pull the matrix again and predict on it.',
    },
  },
  pushed_column_missing: {
    status: 422,
    message: {
      es: 'Falta la columna «{column}»; llegaron: {columns}.',
      en: 'The column "{column}" is missing; there are: {columns}.',
    },
    fix: { es: 'Envíe account_id, as_of y probability.', en: 'Send account_id, as_of and probability.' },
  },
  pushed_unreadable: {
    status: 422,
    message: {
      es: 'La línea {line} no se puede leer: «{value}».',
      en: 'Line {line} cannot be read: "{value}".',
    },
    fix: { es: 'Corrija el archivo y envíelo otra vez.', en: 'Correct the file and send it again.' },
  },
  pushed_value: {
    status: 422,
    message: {
      es: 'La cuenta «{account}» trae «{value}», que no es una probabilidad entre 0 y 1 ({n, plural, one {# fila} other {# filas}} así).',
      en: 'Account "{account}" comes with "{value}", which is no probability between 0 and 1 ({n, plural, one {# row} other {# rows}} so).',
    },
    fix: {
      es: 'Envíe probabilidades, no porcentajes ni log-odds, y ninguna vacía.',
      en: 'Send probabilities, no percentages or log odds, and none empty.',
    },
  },
  pushed_date: {
    status: 422,
    message: {
      es: 'La cuenta «{account}» trae la fecha «{value}» ({n, plural, one {# fila} other {# filas}} así).',
      en: 'Account "{account}" comes with the date "{value}" ({n, plural, one {# row} other {# rows}} so).',
    },
    fix: { es: 'Escriba as_of como 2026-08-31.', en: 'Write as_of as 2026-08-31.' },
  },
  pushed_twice: {
    status: 422,
    message: {
      es: 'La cuenta «{account}» viene {times} veces el {asOf} ({n, plural, one {# fila} other {# filas}} así).',
      en: 'Account "{account}" comes {times} times on {asOf} ({n, plural, one {# row} other {# rows}} so).',
    },
    fix: { es: 'Envíe cada fila una vez.', en: 'Send each row once.' },
  },
  pushed_unknown: {
    status: 422,
    message: {
      es: 'La cuenta «{account}» no está entre las filas del {asOf} ({n, plural, one {# fila} other {# filas}} así).',
      en: 'Account "{account}" is not among the rows of {asOf} ({n, plural, one {# row} other {# rows}} so).',
    },
    fix: {
      es: 'Envíe solo las filas que se piden; no se agregan otras.',
      en: 'Send only the rows that are asked for; others are not added.',
    },
  },
  pushed_missing: {
    status: 422,
    message: {
      es: 'Falta la cuenta «{account}» del {asOf}: faltan {n} de {total} filas.',
      en: 'Account "{account}" of {asOf} is missing: {n} of {total} rows are.',
    },
    fix: {
      es: 'Prediga todas las filas de las fechas de prueba, también las difíciles.',
      en: 'Predict every row of the tested dates, the hard ones too.',
    },
  },
  external_question: {
    status: 409,
    message: {
      es: 'El modelo «{model}» no pide una probabilidad por cuenta: no recibe predicciones de afuera.',
      en: 'The model "{model}" does not ask for a probability an account: it takes no predictions from elsewhere.',
    },
    fix: { es: 'Elija otro modelo.', en: 'Choose another model.' },
  },
  external_version_of: {
    status: 409,
    message: {
      es: 'La versión {versionId} es de «{found}» y se pidió «{model}».',
      en: 'Version {versionId} is of "{found}" and "{model}" was asked for.',
    },
    fix: { es: 'Nombre una versión del mismo modelo.', en: 'Name a version of the same model.' },
  },
  external_scores_missing: {
    status: 409,
    message: {
      es: '«{method}» se hizo afuera y no ha enviado puntajes del {asOf} con los datos de hoy.',
      en: '"{method}" was made elsewhere and has pushed no scores of {asOf} with the data of today.',
    },
    fix: {
      es: 'Envíelos: POST /models/versions/{versionId}/scores?asOf={asOf}.',
      en: 'Push them: POST /models/versions/{versionId}/scores?asOf={asOf}.',
    },
  },
  not_external: {
    status: 409,
    message: {
      es: 'La versión {versionId} se puntúa aquí: no recibe puntajes de afuera.',
      en: 'Version {versionId} is scored here: it takes no scores from elsewhere.',
    },
    fix: { es: 'Puntúela: «ensayo score».', en: 'Score it: "ensayo score".' },
  },
  onnx_runtime_missing: {
    status: 409,
    message: {
      es: 'Falta el paquete onnxruntime-web, que ejecuta los modelos ONNX ({reason}).',
      en: 'The package onnxruntime-web, which runs ONNX models, is missing ({reason}).',
    },
    fix: {
      es: 'Instálelo en la carpeta de Ensayo: npm install --no-save onnxruntime-web',
      en: 'Install it in the folder of Ensayo: npm install --no-save onnxruntime-web',
    },
  },
  onnx_unreadable: {
    status: 422,
    message: {
      es: 'El archivo no es un modelo ONNX que se pueda abrir: {reason}',
      en: 'The file is no ONNX model that can be opened: {reason}',
    },
    fix: { es: 'Expórtelo otra vez y envíelo entero.', en: 'Export it again and send it whole.' },
  },
  onnx_columns: {
    status: 422,
    message: {
      es: 'Las entradas del modelo son {inputs} y «{column}» no se sabe de qué columna sale.',
      en: 'The inputs of the model are {inputs}, and it is not known which column "{column}" comes from.',
    },
    fix: {
      es: 'Diga con «columns» las columnas de la entrada, en orden, o qué columna es cada entrada; deben ser variables de la versión.',
      en: 'Say with "columns" the columns of the input, in order, or which column each input is; they must be features of the version.',
    },
  },
  onnx_failed: {
    status: 422,
    message: {
      es: 'El modelo ONNX no pudo predecir: {reason}',
      en: 'The ONNX model could not predict: {reason}',
    },
    fix: {
      es: 'Revise el orden y el tipo de las columnas.',
      en: 'Check the order and type of the columns.',
    },
  },
  onnx_output: {
    status: 422,
    message: {
      es: 'La salida «{output}» del modelo ONNX no da una probabilidad por fila (dio {value}).',
      en: 'The output "{output}" of the ONNX model gives no probability a row (it gave {value}).',
    },
    fix: {
      es: 'Diga con «output» cuál es la probabilidad; sin zipmap, como números.',
      en: 'Say with "output" which one is the probability; without zipmap, as numbers.',
    },
  },
} as const;
