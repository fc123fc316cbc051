using System.IO.Pipelines;
using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Payments;

namespace Crowd.Api.Payments;

/// <summary>
/// <c>POST /payments/events</c>: messages of the payment provider. The signature is checked, the event journalled once, and then it is acknowledged; what follows
/// from it is done afterwards. A refusal has a stable code: the provider sends the message again later.
/// </summary>
internal static class EventEndpoint
{
    public const string Path = "/payments/events";

    /// <summary>Most bytes of a message: 256 KiB.</summary>
    private const int BodyLimit = 256 * 1024;

    private const string SignatureHeader = "Stripe-Signature";

    public static async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (await ReadAsync(http.Request.BodyReader, http.RequestAborted) is not { } body)
            {
                await Problems.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", $"A message has at most {BodyLimit} bytes.");
                return;
            }

            var services = http.RequestServices;
            var payments = services.GetRequiredService<IPaymentProvider>();
            var signature = http.Request.Headers.TryGetValue(SignatureHeader, out var header) ? header.ToString() : null;
            switch (payments.ReadEvent(body, signature, services.GetRequiredService<TimeProvider>().GetUtcNow()))
            {
                case EventReading.Verified verified:
                    var key = ProviderKeys.Event(payments.Name, verified.Event.Id);
                    await services.GetRequiredService<IGrainFactory>().GetGrain<IInboxGrain>(key).ReceiveAsync(new(verified.Event, body), fetched: false);
                    http.Response.StatusCode = StatusCodes.Status200OK;
                    break;
                case EventReading.Refused refused:
                    await Problems.WriteAsync(http, StatusCodes.Status400BadRequest, CodeOf(refused.Code), refused.Message);
                    break;
            }
        }
        catch (Exception e) when (ErrorFilter.Known(e) is { } known)
        {
            await Problems.WriteAsync(http, known);
        }
    }

    private static string CodeOf(EventRefusal refusal) => refusal switch
    {
        EventRefusal.SignatureMissing => "SIGNATURE_MISSING",
        EventRefusal.SignatureInvalid => "SIGNATURE_INVALID",
        EventRefusal.TooOld => "SIGNATURE_TOO_OLD",
        EventRefusal.NotExpected => "NOT_EXPECTED",
        _ => "MALFORMED",
    };

    /// <summary>The body; null when it is larger than a message may be.</summary>
    private static async Task<byte[]?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var (tooLarge, complete) = (read.Buffer.Length > BodyLimit, read.IsCompleted);
            var body = complete && !tooLarge ? System.Buffers.BuffersExtensions.ToArray(read.Buffer) : null;
            // What was read is given back in every case: the server reads on when the request ends, and would break off the connection instead of answering.
            reader.AdvanceTo(tooLarge || complete ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (tooLarge || complete)
                return body;
        }
    }
}
