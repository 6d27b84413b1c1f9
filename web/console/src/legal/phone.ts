// Whether what was written down names this telephone number, however it is spelt: with or without the country's code, spaces
// and the like. By its last digits, as many as tell a number from another.
const digits = (text: string): string => text.replaceAll(/\D/g, "");

export function isSameNumber(written: string, number: string): boolean {
  const tail = digits(number).replace(/^0+/, "").slice(-7);
  return tail.length >= 3 && digits(written).includes(tail);
}
