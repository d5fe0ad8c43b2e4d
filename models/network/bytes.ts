const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of float64 numbers, lowest byte first: exact, and a third of their decimal text. */
export function toBase64(values: Float64Array): string {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat64(i * 8, value, true);
  });
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    parts.push(
      alphabet[word >> 18]!,
      alphabet[(word >> 12) & 63]!,
      left > 1 ? alphabet[(word >> 6) & 63]! : '=',
      left > 2 ? alphabet[word & 63]! : '=',
    );
  }
  return parts.join('');
}

const placeOf = new Int16Array(128).fill(-1);
for (let i = 0; i < alphabet.length; i++) placeOf[alphabet.charCodeAt(i)] = i;

/** The numbers of such a text; null where it is none, or holds a number that is not finite. */
export function fromBase64(text: string): Float64Array | null {
  const bare = text.replace(/=+$/, '');
  const size = Math.floor((bare.length * 3) / 4);
  if (size % 8 !== 0) return null;
  const bytes = new Uint8Array(size);
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < bare.length; i++) {
    const place = placeOf[bare.charCodeAt(i)] ?? -1;
    if (place < 0) return null;
    word = ((word << 6) | place) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (word >> bits) & 255;
    }
  }
  const view = new DataView(bytes.buffer);
  const values = Float64Array.from({ length: size / 8 }, (_, i) => view.getFloat64(i * 8, true));
  return values.every(Number.isFinite) ? values : null;
}
