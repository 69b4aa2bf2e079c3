-- Read the stories under some story keys at one moment; forget those that have expired.
--
-- KEYS  indexes of story keys
-- ARGV  prefix of story records; for each index: how many stories it may hold to be read (0: any number)
-- Returns for each index: its stamp, then its stories; nothing for one that holds more than it may
local shelves = {}
for i, index in ipairs(KEYS) do
  local most = tonumber(ARGV[i + 1])
  local shelf = false
  if most == 0 or redis.call('HLEN', index) <= most + 1 then  -- the stamp is one field
    shelf = {''}
    local fields = redis.call('HGETALL', index)
    for j = 1, #fields, 2 do
      if fields[j] == '' then
        shelf[1] = fields[j + 1]
      else
        local story = redis.call('GET', ARGV[1] .. fields[j])
        if story then shelf[#shelf + 1] = story else redis.call('HDEL', index, fields[j]) end
      end
    end
  end
  shelves[i] = shelf
end
return shelves
