/** Errors of saved recipes. */
export const recipeErrors = {
  recipe_built_in: {
    status: 409,
    message: {
      es: 'La receta «{recipe}» viene con Ensayo y no se cambia.',
      en: 'The recipe "{recipe}" comes with Ensayo and is not changed.',
    },
    fix: { es: 'Guárdela con otro nombre.', en: 'Save it by another name.' },
  },
  recipe_name_taken: {
    status: 409,
    message: {
      es: 'Ya hay una receta «{recipe}», guardada por {by} el {when}.',
      en: 'There is a recipe "{recipe}" already, saved by {by} on {when}.',
    },
    fix: {
      es: 'Elija otro nombre, o pida que la reemplace.',
      en: 'Choose another name, or ask to replace it.',
    },
  },
} as const;
