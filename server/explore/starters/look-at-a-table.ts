import { starter } from '../starter.ts';

export default starter({
  order: 6,
  text: {
    title: { es: 'Un vistazo a una tabla', en: 'A look at a table' },
    summary: {
      es: 'SUMMARIZE dice de cada columna su tipo, mínimo, máximo, cuántos valores distintos y cuántos faltan.',
      en: 'SUMMARIZE says of each column its type, minimum, maximum, how many distinct values and how many are missing.',
    },
  },
  sql: 'SUMMARIZE accounts',
  chart: null,
});
