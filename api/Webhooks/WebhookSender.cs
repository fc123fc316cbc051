using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Crowd.Api.Webhooks;

/// <summary>
/// Sends one delivery: a POST of JSON with the header <c>Crowd-Signature: t=SECONDS,v1=HEX</c>, where HEX is the HMAC-SHA256 under the webhook's secret of
/// the seconds, a full stop and the body. A status of 200 to 299 means that it was taken. Redirects are not followed; the body of the answer is not read.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "Crowd-Signature";

    private readonly HttpClient _http;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;

    public WebhookSender(WebhookOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        });
        _http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Crowd-Webhooks", "1"));
    }

    /// <summary>Sends the body; gives whether it was taken, and what the receiver answered or why it could not be reached.</summary>
    public async Task<(bool Taken, string Answer)> SendAsync(Uri url, string secret, string webhook, long position, string type, byte[] body, CancellationToken cancellationToken)
    {
        if (PublicAddress.Objection(url, _options.AllowPrivateAddresses) is { } objection)
            return (false, objection);
        var seconds = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Crowd-Webhook", webhook);
        request.Headers.Add("Crowd-Delivery", position.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Crowd-Event", type);
        request.Headers.Add(SignatureHeader, $"t={seconds},v1={Sign(secret, seconds, body)}");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return (response.IsSuccessStatusCode, $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"no answer within {_options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds");
        }
        catch (HttpRequestException e)
        {
            return (false, e.InnerException is PrivateAddressException refused ? refused.Message : e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "the name was not found",
                HttpRequestError.ConnectionError => "no connection",
                HttpRequestError.SecureConnectionError => "no secure connection",
                _ => "the connection broke",
            });
        }
    }

    /// <summary>The signature of a body, in lower case hexadecimal digits.</summary>
    public static string Sign(string secret, string seconds, byte[] body)
    {
        var signed = new byte[seconds.Length + 1 + body.Length];
        Encoding.ASCII.GetBytes(seconds, signed);
        signed[seconds.Length] = (byte)'.';
        body.CopyTo(signed, seconds.Length + 1);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Looks the name up and connects to what was looked at, so that no second look-up can lead elsewhere.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!_options.AllowPrivateAddresses)
            addresses = Array.FindAll(addresses, PublicAddress.IsPublic);
        if (addresses.Length == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException() : IOException("the name leads into a private network");
}
