/** Characters of the GSM 03.38 basic set, and those of its extension, which count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

export interface SmsLength {
  encoding: 'gsm7' | 'ucs2';
  /** Septets or UTF-16 units. */
  units: number;
  segments: number;
}

/**
 * How many SMS a text is charged as: 160 GSM-7 characters in one, 153 in each of several; with any character
 * outside that set (á, í, ó, ú among them) 70 and 67 (3GPP TS 23.038 and 23.040).
 */
export function smsLength(text: string): SmsLength {
  const characters = [...text];
  const gsm = characters.every((character) => basic.has(character) || extension.has(character));
  const units = gsm
    ? characters.reduce((total, character) => total + (extension.has(character) ? 2 : 1), 0)
    : text.length;
  const [one, many] = gsm ? [160, 153] : [70, 67];
  return {
    encoding: gsm ? 'gsm7' : 'ucs2',
    units,
    segments: units <= one ? Math.min(1, units) : Math.ceil(units / many),
  };
}
