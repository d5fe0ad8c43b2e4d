/** Errors of the export step. */
export const exporting = {
  destination_options: {
    status: 422,
    message: {
      es: 'Opciones no válidas para el destino «{destination}»: {problems}',
      en: 'Invalid options for destination "{destination}": {problems}',
    },
    fix: { es: 'Corrija los campos señalados.', en: 'Correct the fields named.' },
  },
  folder_unusable: {
    status: 422,
    message: {
      es: 'No se puede escribir en la carpeta «{path}»: {reason}',
      en: 'Cannot write in folder "{path}": {reason}',
    },
    fix: {
      es: 'Elija una carpeta de esta máquina en la que Ensayo pueda escribir.',
      en: 'Choose a folder of this machine in which Ensayo may write.',
    },
  },
  file_changed: {
    status: 409,
    message: {
      es: 'El archivo «{path}» ya no es el que se exportó.',
      en: 'The file "{path}" is no longer the one that was exported.',
    },
    fix: {
      es: 'Compare su sha256 con el del manifiesto; no lo use sin saber qué cambió.',
      en: 'Compare its sha256 with the manifest; do not use it before knowing what changed.',
    },
  },
} as const;
