using System.Security.Cryptography;
using System.Text;
using Traceability.Application.Demo.Heyuan;
using Traceability.Application.Quality;
using Traceability.Domain.Quality;

namespace Traceability.Application.Demo;

/// <summary>Measured values of one batch: the same for the same code, whatever else is told meanwhile.</summary>
internal sealed class DemoValues(string lot)
{
    /// <summary>How often a parameter lies outside its limits where that happens at all.</summary>
    private const double OutsideShare = 0.012;

    private readonly Random random = new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(lot))));

    public decimal Between(decimal from, decimal to, int decimals = 0) => decimal.Round(from + ((to - from) * (decimal)random.NextDouble()), decimals);

    public string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    public decimal Measure(ParameterEntry parameter, bool mayDeviate)
    {
        var value = Between(parameter.From, parameter.To, parameter.Decimals);
        return mayDeviate && parameter.Outside is { } outside && random.NextDouble() < OutsideShare ? outside : value;
    }

    /// <summary>The results of one test; a failing one lies clearly beyond its limit.</summary>
    public IEnumerable<ResultInput> Results(TestEntry test, bool fails, long characteristicId)
    {
        switch (test.Kind)
        {
            case CharacteristicKind.PassFail:
                yield return new ResultInput(characteristicId, 1, null, !fails);
                break;
            case CharacteristicKind.Sampling:
                for (var i = 1; i <= test.N; i++) yield return new ResultInput(characteristicId, i, fails ? (test.BigM ?? test.M) + 10 : Between(test.From, test.To), null);
                break;
            default:
                var value = !fails ? Between(test.From, test.To, test.Decimals) : test.Upper is { } upper ? decimal.Round(upper * 1.12m, test.Decimals) : decimal.Round(test.Lower!.Value * 0.9m, test.Decimals);
                yield return new ResultInput(characteristicId, 1, value, null);
                break;
        }
    }
}
