import { convert } from './converted/convert.ts';
import { csvRows, openConverted } from './converted/open.ts';
import { defineSource } from './source.ts';

const thread = new URL('./arrow/thread.ts', import.meta.url);

/**
 * Arrow IPC, file and stream, which Feather 2 is too. Columns keep their types; instants are in UTC, to the
 * microsecond; lists and records are JSON text.
 */
export default defineSource({
  text: {
    title: { es: 'Arrow', en: 'Arrow' },
    summary: {
      es: 'Arrow IPC o Feather 2, comprimido o no: columnas con su tipo',
      en: 'Arrow IPC or Feather 2, compressed or not: typed columns',
    },
  },
  endings: ['.arrow', '.feather', '.ipc', '.arrows'],
  inspect: (request) => convert(thread, request),
  open: (request) => openConverted(request, csvRows, true),
});
