import { CompressionType, compressionRegistry } from 'apache-arrow';
import { ZSTDDecoder } from 'zstddec';
import { decodeLz4 } from './lz4.ts';

/** Most bytes one buffer of one batch may unzip to. */
const limitBytes = 1_000_000_000;

let ready: Promise<void> | null = null;

/** Teaches apache-arrow both compressions of the format; it comes with neither. */
export function installCodecs(): Promise<void> {
  ready ??= (async () => {
    const zstd = new ZSTDDecoder();
    await zstd.init();
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => decodeLz4(data, limitBytes) });
    compressionRegistry.set(CompressionType.ZSTD, {
      decode: (data) => {
        const size = zstdContentBytes(data);
        if (size === null || size > limitBytes)
          throw new RangeError('Zstandard frame of unknown or too great a size');
        return zstd.decode(data, size).slice();
      },
    });
  })();
  return ready;
}

/** Size that a Zstandard frame says it unzips to (RFC 8878, 3.1.1.1); null when it does not say. */
export function zstdContentBytes(frame: Uint8Array): number | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== 0xfd2fb528) throw new RangeError('no Zstandard frame');
  const flags = view.getUint8(4);
  const single = (flags >> 5) & 1;
  const at = 5 + (single ? 0 : 1) + ([0, 1, 2, 4][flags & 3] ?? 0);
  switch (flags >> 6) {
    case 0:
      return single ? view.getUint8(at) : null;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
