using System.Text.Json.Serialization.Metadata;
using Crowd.Domain;
using Crowd.Marketplace.Log;

namespace Crowd.Marketplace.Payments;

/// <summary>One line of the provider's books, taken over once. Key: <see cref="ProviderKeys.Movement"/>.</summary>
public interface IMovementGrain : IGrainWithStringKey
{
    /// <summary>Takes the line over; a second time changes nothing.</summary>
    Task NoteAsync(ProviderMovement movement);
}

/// <inheritdoc cref="IMovementGrain"/>
internal sealed class MovementGrain(EventLog log) : EventSourcedGrain<MovementState, MovementSeen>(log), IMovementGrain
{
    protected override MovementState Initial => new();

    protected override JsonTypeInfo<MovementState> StateJson => DomainJson.Default.MovementState;

    public Task NoteAsync(ProviderMovement movement) => State.Seen ? Task.CompletedTask : CommitAsync(
        [
            new MovementSeen
            {
                Id = movement.Id,
                At = movement.At,
                Kind = movement.Kind,
                AmountMicros = movement.Amount.Micros,
                FeeMicros = movement.Fee.Micros,
                Currency = movement.Amount.Currency,
                Source = movement.Source,
            },
        ], "system", Log.Now);

    protected override MovementState Apply(MovementState state, MovementSeen e, DateTimeOffset at) => new() { Seen = true };
}
