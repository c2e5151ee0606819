// Puts the two parts of the calculators' archive together.

/** Bytes from the end of an archive to where it says at which byte its list of files begins. */
const BEGIN_OF_LIST = 6;

/** Returns an archive with all files: the list at the end of the first part gives way to the rest, which lists them all. */
export function joined(first, rest) {
  const length = new DataView(first.buffer, first.byteOffset).getUint32(first.length - BEGIN_OF_LIST, true);
  const whole = new Uint8Array(length + rest.length);
  whole.set(first.subarray(0, length));
  whole.set(rest, length);
  return whole;
}
