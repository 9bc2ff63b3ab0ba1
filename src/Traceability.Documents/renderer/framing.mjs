// Frames on the standard streams: four bytes length (big endian) and that many bytes. An answer is one frame of JSON and,
// when it says so by "bytes", one frame with the file itself: no base64, no escaping.

/** Calls back with every complete frame; resolves when the stream ends. */
export async function readFrames(stream, onFrame, limit) {
  let buffered = [];
  let size = 0;
  for await (const chunk of stream) {
    buffered.push(chunk);
    size += chunk.length;
    for (;;) {
      if (size < 4) break;
      if (buffered[0].length < 4) buffered = [Buffer.concat(buffered)];
      const length = buffered[0].readUInt32BE(0);
      if (length > limit) throw new Error(`A frame of ${length} bytes is over the limit of ${limit} bytes.`);
      if (size < 4 + length) break;
      const all = buffered.length === 1 ? buffered[0] : Buffer.concat(buffered);
      const frame = all.subarray(4, 4 + length);
      buffered = [all.subarray(4 + length)];
      size = buffered[0].length;
      await onFrame(frame);
    }
  }
}

/** Writes one frame and waits until the stream has taken it. */
export function writeFrame(stream, data) {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length, 0);
  stream.write(head);
  return new Promise((resolve, reject) => stream.write(data, error => (error ? reject(error) : resolve())));
}
