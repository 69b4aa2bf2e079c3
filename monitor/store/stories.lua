-- Read the stories under some story keys at one moment; forget those that have expired.
--
-- KEYS  indexes of story keys
-- ARGV  prefix of story records
-- Returns for each index: its stamp, then its stories
local shelves = {}
for _, index in ipairs(KEYS) do
  local fields = redis.call('HGETALL', index)
  local shelf = {''}
  for i = 1, #fields, 2 do
    if fields[i] == '' then
      shelf[1] = fields[i + 1]
    else
      local story = redis.call('GET', ARGV[1] .. fields[i])
      if story then shelf[#shelf + 1] = story else redis.call('HDEL', index, fields[i]) end
    end
  end
  shelves[#shelves + 1] = shelf
end
return shelves
