import { tableNames } from '../tables.ts';
import { plainText } from './names/words.ts';

/** A name a dataset may have, from that of a file. */
export function datasetName(stem: string): string {
  const name = plainText(stem)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 48);
  return name === '' || tableNames.includes(name) ? `data_${name}`.slice(0, 48) : name;
}
