import { convert } from './converted/convert.ts';
import { jsonRows, locateConverted, openConverted } from './converted/open.ts';
import { defineSource } from './source.ts';

const thread = new URL('./json/thread.ts', import.meta.url);

/**
 * JSON: a list of objects, wherever in the document the one such list stands, or one object a line. Columns are the
 * keys of all objects; a value arrives as it is written, a nested one as JSON text.
 */
export default defineSource({
  text: {
    title: { es: 'JSON', en: 'JSON' },
    summary: {
      es: 'Una lista de objetos, o un objeto por línea (NDJSON), comprimido o no',
      en: 'A list of objects, or one object a line (NDJSON), zipped or not',
    },
  },
  endings: ['.json', '.ndjson', '.jsonl'],
  inspect: (request) => convert(thread, request),
  open: (request) => openConverted(request, jsonRows, false),
  locate: locateConverted,
});
