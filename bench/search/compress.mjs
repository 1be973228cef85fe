// Bytes on the wire.
import { brotliCompressSync, constants } from "node:zlib";

/** Of an index's brotli. At 50x all are compressed at 9: at 11 that takes most of an hour. */
export const quality = (times) => (times > 10 ? 9 : 11);

export function compressed(bytes, quality) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}
