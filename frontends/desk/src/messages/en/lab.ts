/** English: liver values of a laboratory. */
export const en = {
  title: "Liver values",
  lead: "ALT and AST. A value above three times its limit is told to the care team at once; so is a ninth session with a dose since one.",
  add: "Write a value down",
  addGo: "Keep the value",
  analyte: "Which value",
  analytes: [["alt", "ALT"], ["ast", "AST"]] as [string, string][],
  named: { alt: "ALT", ast: "AST" },
  value: "Value (U/L)",
  limit: "Upper limit of the laboratory (U/L)",
  takenOn: "Day on which the blood was taken",
  shown: (value: string, limit: string) => `${value} U/L, limit ${limit}`,
  high: "above three times the limit",
  none: "No value is known.",
  withdraw: "Withdraw",
  withdrawGo: "Withdraw it",
  why: "Why it was entered in error",
};
