import { convert } from './converted/convert.ts';
import { csvRows, locateConverted, openConverted } from './converted/open.ts';
import { defineSource } from './source.ts';

const thread = new URL('./excel/thread.ts', import.meta.url);

/**
 * Excel workbooks of today (.xlsx): one sheet, named in the recipe or else the first with a table. Lines are rows of
 * the sheet. Dates arrive as ISO dates, formulas by the result Excel left, cells with errors as rejected rows.
 */
export default defineSource({
  text: {
    title: { es: 'Excel', en: 'Excel' },
    summary: {
      es: 'Una hoja de un libro .xlsx: la que se nombre, o la primera con una tabla',
      en: 'One sheet of an .xlsx workbook: the one named, or the first with a table',
    },
  },
  endings: ['.xlsx', '.xlsm', '.xls', '.xlsb'],
  inspect: (request) => convert(thread, request),
  open: (request) => openConverted(request, csvRows, false),
  locate: locateConverted,
});
