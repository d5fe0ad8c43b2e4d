import { DomainError } from '#core/errors/domain-error.ts';
import type { Container } from './container.ts';
import { type NumberShape, shapeOf } from './dates.ts';

export interface Workbook {
  sheets: { name: string; part: string }[];
  from1904: boolean;
  /** Texts that cells share, by their number. */
  texts: string[];
  /** How the numbers of each cell style are shown. */
  shapes: NumberShape[];
}

const textLimit = 400_000_000;
const folderOf = (part: string): string => part.slice(0, part.lastIndexOf('/') + 1);
const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';

/** The part a relation leads to, from the folder it is told in. */
function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

interface Relation {
  id: string;
  type: string;
  part: string;
}

async function relationsOf(container: Container, part: string): Promise<Relation[]> {
  const folder = folderOf(part);
  const file = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations: Relation[] = [];
  if (!container.has(file)) return relations;
  await container.read(file, {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      relations.push({
        id: Id,
        type: Type.slice(Type.lastIndexOf('/') + 1),
        part: resolvePart(folder, Target),
      });
    },
  });
  return relations;
}

/**
 * What has to be known of a workbook before its sheets can be read.
 *
 * @throws load_other_format, load_excel_old for a workbook in binary parts, load_bomb, load_truncated
 */
export async function readWorkbook(container: Container, file: string): Promise<Workbook> {
  const main = (await relationsOf(container, '')).find(({ type }) => type === 'officeDocument')?.part;
  if (main?.endsWith('.bin')) throw new DomainError('load_excel_old', { file });
  if (!main || !container.has(main) || !/workbook/i.test(main))
    throw new DomainError('load_other_format', {
      file,
      found_es: 'un zip que no es un libro de Excel',
      found_en: 'a zip that is no Excel workbook',
    });
  const relations = await relationsOf(container, main);
  const book: Workbook = { sheets: [], from1904: false, texts: [], shapes: [] };
  await container.read(main, {
    open(name, attributes) {
      if (name === 'workbookPr') book.from1904 = isTrue(attributes.date1904);
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      const relation = relations.find((one) => one.id === id && one.type === 'worksheet');
      if (relation) book.sheets.push({ name: attributes.name ?? '', part: relation.part });
    },
  });
  const partOf = (type: string) => relations.find((one) => one.type === type)?.part;
  const texts = partOf('sharedStrings');
  if (texts && container.has(texts)) book.texts = await readTexts(container, texts, file);
  const styles = partOf('styles');
  if (styles && container.has(styles)) book.shapes = await readShapes(container, styles);
  return book;
}

async function readTexts(container: Container, part: string, file: string): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let length = 0;
  let inText = false;
  let aside = 0;
  await container.read(part, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') aside++;
      inText = name === 't' && aside === 0;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      inText = false;
      if (name === 'rPh') aside--;
      if (name !== 'si') return;
      texts.push(unescaped(text));
      length += text.length;
      if (length > textLimit)
        throw new DomainError('load_bomb', { file, bytes: textLimit, zipped: texts.length });
    },
  });
  return texts;
}

/** Characters that XML cannot hold are written `_x000D_` in a workbook. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

async function readShapes(container: Container, part: string): Promise<NumberShape[]> {
  const formats = new Map<number, string>();
  const shapes: NumberShape[] = [];
  let inCells = false;
  await container.read(part, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') formats.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) shapes.push(shapeOf(Number(numFmtId), formats.get(Number(numFmtId))));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return shapes;
}
