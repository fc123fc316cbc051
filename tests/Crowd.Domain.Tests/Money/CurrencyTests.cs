using System.Text.Json;

namespace Crowd.Domain.Tests.Moneys;

public class CurrencyTests
{
    [Theory]
    [InlineData("USD", 2, 10_000)]
    [InlineData("EUR", 2, 10_000)]
    [InlineData("usd", 2, 10_000)]
    [InlineData("JPY", 0, 1_000_000)]
    [InlineData("KRW", 0, 1_000_000)]
    [InlineData("ISK", 0, 1_000_000)]
    [InlineData("KWD", 3, 1_000)]
    [InlineData("IQD", 3, 1_000)]
    [InlineData("LYD", 3, 1_000)]
    [InlineData("tnd", 3, 1_000)]
    public void The_exponent_gives_the_minor_unit(string code, int exponent, long micros)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        Assert.Equal(exponent, currency.Exponent);
        Assert.Equal(micros, currency.MicrosPerMinorUnit);
        Assert.Equal(code.ToUpperInvariant(), currency.Code);
        Assert.Equal(code.ToUpperInvariant(), currency.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("US")]
    [InlineData("USDT")]
    [InlineData("U1D")]
    [InlineData("U D")]
    [InlineData("ÜSD")]
    [InlineData("CLF")]
    [InlineData("UYW")]
    public void Another_text_is_not_a_currency(string? code)
    {
        Assert.False(Currency.TryParse(code, out var currency));
        Assert.Equal(default, currency);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Currency>(JsonSerializer.Serialize(code)));
    }

    [Fact]
    public void The_dollar_is_the_one_that_is_parsed()
    {
        Assert.True(Currency.TryParse("USD", out var parsed));
        Assert.Equal(Currency.Usd, parsed);
    }

    [Fact]
    public void A_default_currency_is_not_written_to_json() => Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(default(Currency)));
}
