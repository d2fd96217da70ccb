/** A time of day, kept in minutes after midnight. */

export function TimeField({ label, value, onChange }: { label: string; value: number; onChange: (minutes: number) => void }) {
  const two = (number: number) => String(number).padStart(2, "0");
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="time"
        required
        value={`${two(Math.floor(value / 60))}:${two(value % 60)}`}
        onInput={(event) => {
          const [hours, minutes] = event.currentTarget.value.split(":").map(Number);
          if (hours !== undefined && minutes !== undefined && !Number.isNaN(hours + minutes)) onChange(hours * 60 + minutes);
        }}
      />
    </label>
  );
}
