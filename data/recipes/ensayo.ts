import type { RecipeInput } from '#core/portfolio/recipe.ts';

const recipe: RecipeInput = { tables: 'canonical' };

export default {
  text: {
    title: { es: 'Tablas de Ensayo', en: 'Ensayo tables' },
    summary: {
      es: 'Una carpeta, o un archivo, con el nombre de cada tabla (accounts, snapshots, payments…) y las columnas del diccionario',
      en: 'A folder, or a file, named after each table (accounts, snapshots, payments…) with the columns of the dictionary',
    },
  },
  recipe,
};
