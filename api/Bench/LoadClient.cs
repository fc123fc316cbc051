using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Crowd.Api.Bench;

/// <summary>
/// One connection that speaks just enough HTTP/1.1 to load a server without being the load itself: prepared requests, responses with a length or in
/// chunks, nothing parsed but what the next request needs.
/// </summary>
internal sealed class LoadClient(string host, int port, string key, string path = "/graphql") : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[64 * 1024];
    private readonly byte[] _sent = new byte[8 * 1024];
    private readonly string _head =
        $"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: ";

    public Task ConnectAsync(CancellationToken cancellationToken) => _socket.ConnectAsync(host, port, cancellationToken).AsTask();

    /// <summary>Sends the JSON body and gives the response's body, valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(string body, CancellationToken cancellationToken)
    {
        var length = Encoding.ASCII.GetBytes(_head, _sent);
        length += Encoding.ASCII.GetBytes(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), _sent.AsSpan(length));
        length += Encoding.ASCII.GetBytes("\r\n\r\n", _sent.AsSpan(length));
        length += Encoding.ASCII.GetBytes(body, _sent.AsSpan(length));
        await _socket.SendAsync(_sent.AsMemory(0, length), cancellationToken);

        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(filled), cancellationToken);
            if (read == 0)
                throw new IOException("The server closed the connection.");
            filled += read;
            if (TryFindBody(filled, out var from, out var to))
                return _received.AsMemory(from..to);
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool TryFindBody(int filled, out int from, out int to)
    {
        (from, to) = (0, 0);
        var received = _received.AsSpan(0, filled);
        var headEnd = received.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return false;
        from = headEnd + 4;
        var head = received[..headEnd];
        var at = head.IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            _ = Utf8Parser.TryParse(head[(at + 16)..], out int length, out _);
            to = from + length;
            return filled >= to;
        }

        // Chunked: the whole response is short, so the last chunk ends what was received.
        to = filled;
        return received.EndsWith("\r\n0\r\n\r\n"u8);
    }
}
