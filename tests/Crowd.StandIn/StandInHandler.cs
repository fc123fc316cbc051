using System.Net;
using System.Text;

namespace Crowd.StandIn;

/// <summary>The stand-in behind an <see cref="HttpClient"/> without a socket; its faults are the exceptions that a socket would cause.</summary>
public sealed class StandInHandler(StripeStandIn standIn) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri!;
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var (fault, reply) = standIn.Receive(new(
            request.Method.Method, Uri.UnescapeDataString(uri.AbsolutePath), request.Method == HttpMethod.Get ? uri.Query.TrimStart('?') : body,
            Header(request, "Idempotency-Key"), Header(request, "Stripe-Account"), Header(request, "Authorization")));
        return fault switch
        {
            StandInFault.TimeoutBefore or StandInFault.TimeoutAfter => throw new TaskCanceledException("No answer in time.", new TimeoutException()),
            StandInFault.NoConnection => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused."),
            StandInFault.LostReply or StandInFault.Late => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."),
            _ => Response(request, reply!, cut: fault == StandInFault.CutInBody),
        };
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, StandInReply reply, bool cut)
    {
        var bytes = Encoding.UTF8.GetBytes(reply.Body);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            RequestMessage = request,
            Content = cut ? new StreamContent(new CutStream(bytes.AsMemory(0, bytes.Length / 2))) : new ByteArrayContent(bytes),
        };
        foreach (var (name, value) in StandInHeaders.Of(reply))
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private sealed class CutStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private ReadOnlyMemory<byte> _left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_left.IsEmpty)
                throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            var taken = Math.Min(buffer.Length, _left.Length);
            _left.Span[..taken].CopyTo(buffer);
            _left = _left[taken..];
            return taken;
        }

        /// <summary>At once: the base class would go to another thread, and a simulation has only one.</summary>
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return new(Read(buffer.Span));
            }
            catch (HttpIOException e)
            {
                return ValueTask.FromException<int>(e);
            }
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

internal static class StandInHeaders
{
    public static IEnumerable<(string Name, string Value)> Of(StandInReply reply)
    {
        yield return ("Request-Id", reply.RequestId);
        yield return ("Stripe-Version", "2026-10-28.endive");
        if (reply.Replayed)
            yield return ("Idempotent-Replayed", "true");
        if (reply.ShouldRetry is { } should)
            yield return ("Stripe-Should-Retry", should ? "true" : "false");
        if (reply.RetryAfter is { } seconds)
            yield return ("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
