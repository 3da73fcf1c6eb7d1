export function withinLimit(amount) {
  return amount <= 120;
}
