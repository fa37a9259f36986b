using System.CommandLine;
using System.Globalization;

namespace AkkaComfy.Host.Commands.Arguments;

/// <summary>An option whose value is a whole number within a range; null unless given.</summary>
internal sealed class IntegerOption : Option<int?>
{
    public IntegerOption(string name, int minimum, int maximum, string description)
        : base(name)
    {
        HelpName = "N";
        Description = $"{description} ({minimum} to {maximum})";
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value >= minimum && value <= maximum)
            {
                return value;
            }

            result.AddError($"{name} {text}: expected a whole number from {minimum} to {maximum}.");
            return null;
        };
    }
}
