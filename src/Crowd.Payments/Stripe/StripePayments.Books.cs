using System.Text;
using Crowd.Domain;

namespace Crowd.Payments;

// What Stripe knows: its events and its books.
internal sealed partial class StripePayments
{
    public async Task<ProviderPage<ReceivedEvent>> ListEventsAsync(DateTimeOffset since, string? payee, string? after, CancellationToken cancellationToken)
    {
        var page = Given(await _client.ListEventsAsync(since, StripeEvents.Followed, payee, after, cancellationToken));
        var events = new List<ReceivedEvent>(page.Data.Count);
        foreach (var raw in page.Data)
        {
            var body = Encoding.UTF8.GetBytes(raw.GetRawText());
            var read = StripeEvents.Read(body);
            if (read is null)
            {
                // One that cannot be read must not hide those behind it.
                read = StripeEvents.Unreadable(raw) ?? throw new ProviderUnavailableException("Stripe lists something that is not an event.");
                LogUnreadableEvent(_logger, read.Id, read.Type);
            }

            events.Add(new(read, body));
        }

        return new(events, page.HasMore && events.Count > 0 ? events[^1].Event.Id : null);
    }

    public async Task<ProviderPage<ProviderMovement>> ListMovementsAsync(DateTimeOffset since, string? after, CancellationToken cancellationToken)
    {
        var page = Given(await _client.ListMovementsAsync(since, after, cancellationToken));
        try
        {
            return new([.. page.Data.Select(StripeMovements.Read)], page.HasMore && page.Data.Count > 0 ? page.Data[^1].Id : null);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ProviderUnavailableException("Stripe's books hold a line that cannot be read.", e);
        }
    }

    private static T Given<T>(StripeReply<T> reply) => reply switch
    {
        StripeReply<T>.Given given => given.Value,
        StripeReply<T>.Refused refused => throw new ProviderUnavailableException(refused.Error.Reason),
        StripeReply<T>.Lost lost => throw new ProviderUnavailableException(lost.Reason),
        _ => throw new InvalidOperationException(),
    };
}
