import { applyBudgets, manyHomesBudgets } from './apply.ts';
import { loginBudgets } from './logins.ts';
import { kept, type Budget } from './measure.ts';
import { startBudgets } from './start.ts';
import { bundleBudget, whyNoWindow, windowBudgets } from './window.ts';

const noWindow = whyNoWindow();

const budgets: readonly Budget[] = [
  ...(await startBudgets()),
  ...(await applyBudgets()),
  ...(await manyHomesBudgets()),
  ...(await loginBudgets()),
  ...(noWindow === undefined ? await windowBudgets() : []),
  bundleBudget(),
];

const width = Math.max(...budgets.map(({ name }) => name.length));
for (const budget of budgets) {
  const { name, value, limit, of, detail, atLeast } = budget;
  const figure = `${value.toFixed(2)} (${atLeast ? 'at least' : 'at most'} ${limit})`;
  console.log(
    `${kept(budget) ? 'kept  ' : 'MISSED'}  ${name.padEnd(width)}  ${figure.padEnd(24)} of ${of}: ${detail}`,
  );
}
if (noWindow !== undefined) console.log(`not measured: the window and its screens (${noWindow})`);
if (!budgets.every(kept)) process.exitCode = 1;
