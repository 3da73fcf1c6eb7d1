export function withinQuota(sent) {
  return sent < 50;
}
