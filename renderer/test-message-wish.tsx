import { fill } from '../shared/messages/explain.ts';
import { useMessages } from './speech.ts';

interface TestMessageWishProps {
  readonly account: string;
  readonly on: boolean;
  readonly wish: (on: boolean) => void;
}

/** The tick for a test message: chosen before the run, because the password is gone after it. */
export function TestMessageWish({ account, on, wish }: TestMessageWishProps) {
  const { testMessage: texts } = useMessages();
  return (
    <div className="part">
      <label className="choice">
        <input
          type="checkbox"
          checked={on}
          aria-describedby="test-message-help"
          onChange={(event) => wish(event.currentTarget.checked)}
        />
        {texts.wish}
      </label>
      <p className="small" id="test-message-help">
        {fill(texts.wishHelp, { account })}
      </p>
    </div>
  );
}
