import { useMessages } from './speech.ts';

/** What Rekey cannot reach: the user's other devices, each with its step. */
export function Devices({ title, help }: { readonly title: string; readonly help?: string }) {
  const { devices } = useMessages().page.advice;
  return (
    <section className="part">
      <h2>{title}</h2>
      {help === undefined ? null : <p className="small">{help}</p>}
      <ul className="rows">
        {devices.map(({ name, step }) => (
          <li className="row" key={name}>
            <div className="row-main">
              <span className="row-name">{name}</span>
              <p className="reason">{step}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
